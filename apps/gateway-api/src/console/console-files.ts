import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** A file of the console in memory, as it is and compressed. */
export type ConsoleFile = {
  /** Below `/console/`; empty for the page itself. */
  readonly path: string;
  readonly type: string;
  /** Whether the name holds a hash of the content: a file of this name never changes. */
  readonly hashed: boolean;
  readonly identity: Buffer;
  readonly br: Buffer;
  readonly gzip: Buffer;
};

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Where the console's build leaves its files. */
export const consoleFolder = fileURLToPath(
  new URL('dist/', import.meta.resolve('@contact-sync/console/package.json')),
);

// Nearly what the best level gives, in a tenth of its time: it is done at each start.
const brotli = promisify(brotliCompress);
const brotliOptions = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };

const readConsoleFile = async (folder: string, name: string): Promise<ConsoleFile> => {
  const identity = await readFile(join(folder, name));
  const type = types[extname(name)];
  if (type === undefined) throw new Error(`the console has a file of a kind that is not served: ${name}`);
  return {
    path: name === 'index.html' ? '' : name,
    type,
    hashed: name.startsWith('assets/'),
    identity,
    br: await brotli(identity, brotliOptions),
    gzip: await promisify(gzip)(identity),
  };
};

/** All that the build left in the folder; none where it was not built. */
export const readConsoleFiles = async (folder: string): Promise<readonly ConsoleFile[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const names = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(join(folder, '/').length));
  return Promise.all(names.map((name) => readConsoleFile(folder, name)));
};
