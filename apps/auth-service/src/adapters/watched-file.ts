import { type FSWatcher, watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';

export type WatchedFile = {
  /** Reads the file now and resolves once what it holds was seen. */
  readonly look: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export type WatchOptions = {
  /** Longest time until a change is seen where the system does not tell of it, in milliseconds. */
  readonly pollMs: number;
  /** Gets what the file holds, one look after the other. */
  readonly onText: (text: string) => Promise<void>;
  readonly onError: (error: unknown) => void;
};

/**
 * Follows a file in a mounted folder: the folder is watched, for a mounted secret is changed by turning a link in it, and
 * the file is read by the clock, for not every file system tells of changes.
 */
export const watchFile = (path: string, { pollMs, onText, onError }: WatchOptions): WatchedFile => {
  let looking = Promise.resolve();
  const look = (): Promise<void> => {
    looking = looking.then(async () => {
      try {
        await onText(await readFile(path, 'utf8'));
      } catch (error) {
        onError(error);
      }
    });
    return looking;
  };
  const timer = setInterval(look, pollMs).unref();
  let watcher: FSWatcher | undefined;
  try {
    watcher = watch(dirname(path), () => void look()).on('error', onError);
    watcher.unref();
  } catch (error) {
    onError(error);
  }
  return {
    look,
    close: async () => {
      clearInterval(timer);
      watcher?.close();
      await looking;
    },
  };
};
