import { join } from 'node:path';
import { environmentFiles } from '@contact-sync/launcher/environment-files.ts';
import { REPOSITORY } from '@contact-sync/launcher/repository.ts';

/**
 * Goes on as an entry point of a service, from its sources and with the settings that the service has on this machine:
 * only its own code touches its data. Does not come back.
 *
 * @throws {Error} on Windows, where a process cannot become another.
 */
export async function becomeService(service: string, entry: string, args: readonly string[]): Promise<void> {
  const folder = join(REPOSITORY, 'apps', service);
  const files = await environmentFiles(folder);
  if (process.execve === undefined) throw new Error('This needs Linux or macOS; on Windows work inside WSL.');
  const options = ['--conditions=source', ...files, join(folder, 'src', entry), ...args];
  process.execve(process.execPath, [process.execPath, ...options], process.env);
}
