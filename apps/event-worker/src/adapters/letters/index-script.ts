import { defineScript, loadScript, type RedisConnection } from '@contact-sync/redis';
import type { KeyCommand } from './entry-changes.ts';

const writeScript = defineScript({
  name: 'letters-write',
  lua: loadScript(new URL('./index-write.lua', import.meta.url)),
  keys: 'any',
  reply: (reply) => reply === 1,
});

/** Runs the commands in one step if the index is still at that revision; false, and none is run, where it is not. */
export const runGuarded = (
  redis: RedisConnection,
  state: string,
  revision: number,
  commands: readonly KeyCommand[],
): Promise<boolean> => {
  const keys = [...new Set([state, ...commands.map(([, key]) => key)])];
  const places = new Map(keys.map((key, index) => [key, index + 1]));
  const args = commands.flatMap(([command, key, ...rest]) => [
    command,
    places.get(key) ?? 0,
    rest.length,
    ...rest,
  ]);
  return redis.run(writeScript, { keys, args: [revision, ...args] });
};
