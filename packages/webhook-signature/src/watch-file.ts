import { type FSWatcher, watch } from 'node:fs';
import { dirname } from 'node:path';

/** Writers that are not atomic give several notices for one change. */
const settleMs = 50;

/**
 * Calls `check` soon after anything in the file's folder changed, and every `pollMs` in any case: a watcher follows a
 * folder, not the links that lead to it, and some file systems give no notices. Keeps no process alive. Returns the stop.
 */
export const watchFile = (file: string, pollMs: number, check: () => void): (() => void) => {
  let settling: NodeJS.Timeout | undefined;
  const poll = setInterval(check, pollMs).unref();
  const watcher = tryWatch(dirname(file), () => {
    clearTimeout(settling);
    settling = setTimeout(check, settleMs).unref();
  });
  return () => {
    clearInterval(poll);
    clearTimeout(settling);
    watcher?.close();
  };
};

const tryWatch = (folder: string, onChange: () => void): FSWatcher | undefined => {
  try {
    const watcher = watch(folder, { persistent: false }, onChange);
    // The folder went away or the system ran out of watches: polling goes on.
    return watcher.on('error', () => watcher.close());
  } catch {
    return undefined;
  }
};
