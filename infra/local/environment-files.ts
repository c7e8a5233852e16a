import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { liveLauncher, serviceFile } from './dev-environment.ts';

/**
 * Where a service on this machine has its settings from, as options of Node; later ones win, and the environment over
 * all: its .env.example, over it those of a running launcher, over them its own .env. `folder` is the service's.
 */
export async function environmentFiles(folder: string): Promise<string[]> {
  const settings = serviceFile(basename(folder));
  const files = [`--env-file=${join(folder, '.env.example')}`];
  if ((await liveLauncher(settings)) !== undefined) files.push(`--env-file-if-exists=${settings}`);
  // Node's own --env-file-if-exists tells at each start that there is none.
  if (existsSync(join(folder, '.env'))) files.push(`--env-file=${join(folder, '.env')}`);
  return files;
}
