import { randomBytes } from 'node:crypto';
import { access, mkdir, rename } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { LaunchError, reasonOf } from '../launch-error.ts';
import type { Run } from '../run/run.ts';

/** Where downloads are kept: `CONTACT_SYNC_CACHE_DIR`, else `contact-sync` in the user's cache folder. */
export function cacheFolder(environment: NodeJS.ProcessEnv): string {
  if (environment['CONTACT_SYNC_CACHE_DIR']) return environment['CONTACT_SYNC_CACHE_DIR'];
  return join(environment['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'contact-sync');
}

/**
 * The folder `name` of the cache, filled by `fill` if it is not there yet. It is there whole or not at all: it is
 * filled beside its place and renamed. Of two that fill it at once, the second to finish takes the first one's.
 */
export async function cached(
  run: Run,
  cache: string,
  name: string,
  fill: (folder: string) => Promise<void>,
): Promise<string> {
  const place = join(cache, name);
  if (await exists(place)) return place;
  const draft = `${place}.${process.pid}-${randomBytes(4).toString('hex')}`;
  await makeFolder(draft);
  run.removeAtEnd(draft);
  await fill(draft);
  try {
    await rename(draft, place);
  } catch (error) {
    if (!(await exists(place))) throw error;
  }
  return place;
}

async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    throw new LaunchError(`The folder for downloads cannot be written: ${reasonOf(error)}`, {
      remedy: 'Set CONTACT_SYNC_CACHE_DIR to a folder that can be written.',
      cause: error,
    });
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
