import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const version = '1.13.1';

const cacheFolder = () => {
  const { CONTACT_SYNC_CACHE_DIR, XDG_CACHE_HOME } = process.env;
  const base = CONTACT_SYNC_CACHE_DIR ?? join(XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'contact-sync');
  return join(base, `fastavro-${version}`);
};

const python = (folder: string, ...args: string[]) =>
  run('python3', args, {
    env: { ...process.env, PYTHONPATH: folder },
    timeout: 60_000,
    maxBuffer: 64 * 1024 * 1024,
  });

const isImportable = (folder: string) =>
  python(folder, '-c', 'import fastavro').then(
    () => true,
    () => false,
  );

/** Installs beside the target and moves it there whole, so that two runs at once do not see halves. */
const install = async (folder: string): Promise<void> => {
  await mkdir(dirname(folder), { recursive: true });
  const fresh = await mkdtemp(`${folder}-`);
  const pip = ['-m', 'pip', 'install', '--quiet', '--no-deps', '--target', fresh, `fastavro==${version}`];
  await python(folder, ...pip);
  await rename(fresh, folder).catch(() => rm(fresh, { recursive: true, force: true }));
};

/** A folder from which Python imports fastavro, or why there is none. */
export const fastavroFolder = async (): Promise<{ folder: string } | { missing: string }> => {
  const folder = cacheFolder();
  if (await isImportable(folder)) return { folder };
  try {
    await install(folder);
  } catch (error) {
    return { missing: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error) };
  }
  return (await isImportable(folder)) ? { folder } : { missing: 'fastavro does not import' };
};

/** Reads all kept records with Python. */
export const readWithFastavro = async (folder: string, released: URL): Promise<unknown> => {
  const script = fileURLToPath(new URL('./read_released.py', import.meta.url));
  const { stdout } = await python(folder, script, fileURLToPath(released));
  return JSON.parse(stdout);
};
