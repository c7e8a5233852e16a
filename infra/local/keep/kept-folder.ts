import { randomUUID } from 'node:crypto';
import { access, constants, link, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { LaunchError, reasonOf } from '../launch-error.ts';
import { isAlive } from '../run/is-alive.ts';
import type { Run } from '../run/run.ts';

/** Says that the folder is ours. */
const MARKER = 'contact-sync-data';
const LOCK = 'in-use';

/**
 * Takes a folder whose data outlive the run, makes it where it is missing, and gives its whole path. It is this run's
 * alone until the last of its processes is gone, be the launcher killed by SIGKILL.
 *
 * @throws {LaunchError} where it cannot be used, holds something else, or is in use by another run.
 */
export async function openKeptFolder(run: Run, path: string, from = process.cwd()): Promise<string> {
  const folder = resolve(from, path);
  // Kafka reads a comma, and H2 a semicolon, as the end of a path.
  if (path === '' || /[,;]/.test(folder)) {
    throw new LaunchError(
      `"${path}" cannot be kept data's folder: it is empty or has a comma or a semicolon.`,
    );
  }
  const found = await mkdir(folder, { recursive: true, mode: 0o700 })
    .then(() => access(folder, constants.R_OK | constants.W_OK | constants.X_OK))
    .then(() => readdir(folder))
    .catch((error: unknown) => {
      throw new LaunchError(`${folder} cannot be used to keep data: ${reasonOf(error)}`);
    });
  if (found.length > 0 && !found.includes(MARKER)) {
    throw new LaunchError(`${folder} holds other files.`, {
      remedy: 'Name a folder that is empty or missing, or one that an earlier start has kept.',
    });
  }
  await writeFile(
    join(folder, MARKER),
    'Data that `npm start -- --keep` keeps; remove the folder to be rid of them.\n',
  );
  await lock(run, folder);
  return folder;
}

/** The lock names the watchdog, which ends last; both it and the run's regular end remove it. */
async function lock(run: Run, folder: string): Promise<void> {
  const file = join(folder, LOCK);
  // A link is there with its content at once, or not at all.
  const draft = join(folder, `${LOCK}-${randomUUID()}`);
  await writeFile(draft, `${run.watchdogPid}\n`, { mode: 0o600 });
  try {
    await removeAbandoned(file);
    await link(draft, file);
    run.removeAtEnd(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw inUse(folder, await ownerOf(file));
    throw new LaunchError(`${folder} cannot be locked: ${reasonOf(error)}`, { cause: error });
  } finally {
    await rm(draft);
  }
}

async function removeAbandoned(file: string): Promise<void> {
  const owner = await ownerOf(file);
  if (owner !== undefined && !isAlive(owner)) await rm(file, { force: true });
}

async function ownerOf(file: string): Promise<number | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : Number(text);
}

function inUse(folder: string, owner: number | undefined): LaunchError {
  return new LaunchError(`${folder} is in use by another run (process ${owner ?? 'unknown'}).`, {
    remedy: `Stop that run, or name another folder. If that process is none of ours, remove ${join(folder, LOCK)}.`,
  });
}
