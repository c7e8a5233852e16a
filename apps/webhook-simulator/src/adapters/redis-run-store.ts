import { Run } from '@contact-sync/api-contracts';
import { AppError } from '@contact-sync/domain';
import { createKeys, type RedisConnection } from '@contact-sync/redis';
import { Value } from 'typebox/value';
import type { RunStore } from '../ports.ts';

const WEEK_SECONDS = 604_800;

/** Runs under `simulator:run:<id>`, for a week after they were last stored. `keyPrefix` sets a test's keys apart. */
export const createRedisRunStore = (
  redis: RedisConnection,
  options: { keyPrefix?: string } = {},
): RunStore => {
  const keys = createKeys('simulator', options.keyPrefix === undefined ? {} : { prefix: options.keyPrefix });
  return {
    save: async (run) => {
      await redis.use((client) =>
        client.set(keys.key('run', run.id), JSON.stringify(run), 'EX', WEEK_SECONDS),
      );
    },
    find: async (id) => {
      const text = await redis.use((client) => client.get(keys.key('run', id)));
      if (text === null) return undefined;
      const run: unknown = JSON.parse(text);
      if (Value.Check(Run, run)) return run;
      throw new AppError('INTERNAL', {
        message: 'Something went wrong on our side.',
        internal: 'a stored run has another form than this version writes',
      });
    },
  };
};
