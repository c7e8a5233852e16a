import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { choosePort } from '@contact-sync/testing/ports.ts';
import { addressOf } from '../addresses.ts';
import { REPOSITORY } from '../repository.ts';
import type { Run } from '../run/run.ts';
import { type ServerProcess, startServer } from '../run/server-process.ts';
import { redisPid } from './redis-answer.ts';
import { serverFolder } from './server-folder.ts';
import type { Place } from './start-options.ts';
import { repeatedOnTakenPort } from './taken-port.ts';

const READY_WITHIN_MS = 20_000;

/** Starts Redis as it is shipped (design section 2), every-second flushing aside. */
export async function startRedis(
  run: Run,
  executable: string,
  { preferredPort, keptFolder }: Place,
): Promise<ServerProcess> {
  const folder = await serverFolder(run, 'redis', keptFolder);
  // A server may write into its settings (CONFIG REWRITE); those that are shipped stay as they are.
  const settings = join(folder, 'redis.conf');
  await copyFile(REDIS_CONF, settings);
  return repeatedOnTakenPort(preferredPort, async (preferred) => {
    const port = await choosePort(preferred);
    return startServer(run, {
      name: 'redis',
      port,
      command: executable,
      parameters: [
        settings,
        ...LOCAL_SETTINGS,
        '--bind',
        '127.0.0.1',
        '--port',
        String(port),
        '--dir',
        folder,
      ],
      readyWithinMs: READY_WITHIN_MS,
      async ready(pid) {
        const answering = await redisPid(addressOf.redis('127.0.0.1', port));
        if (answering !== pid) throw new Error(`process ${answering} answers on port ${port}`);
      },
    });
  });
}

/** The settings that are shipped. */
export const REDIS_CONF = join(REPOSITORY, 'infra/redis/redis.conf');

/** Where local servers differ: the loss of a second is nothing to a machine of one developer. */
export const LOCAL_SETTINGS: readonly string[] = ['--appendfsync', 'everysec'];
