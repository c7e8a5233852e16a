import { mkdir, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import type { ServerName } from '../addresses.ts';
import type { Run } from '../run/run.ts';

/** Where a server keeps its data: under `kept` where that is given, else in a folder that goes with the run. */
export async function serverFolder(run: Run, name: ServerName, kept: string | undefined): Promise<string> {
  if (kept === undefined) return mkdtemp(join(run.folder, `${name}-`));
  const folder = join(kept, name);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return folder;
}
