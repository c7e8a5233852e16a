import { Run } from '@contact-sync/api-contracts';
import { AppError, compileGuard } from '@contact-sync/domain';
import { createKeys, type RedisConnection } from '@contact-sync/redis';
import type { RunStore } from '../ports.ts';

const WEEK_SECONDS = 604_800;
const MAX_RUNS = 500;
/** Longer than any run. */
const STOP_SECONDS = 7_200;

const isRun = compileGuard(Run);

const read = (text: string): Run => {
  const run: unknown = JSON.parse(text);
  if (isRun(run)) return run;
  throw new AppError('INTERNAL', {
    message: 'Something went wrong on our side.',
    internal: 'a stored run has another form than this version writes',
  });
};

/** Runs under `simulator:run:<id>`, for a week after they were last stored, indexed by id, which rises with time. `keyPrefix` sets a test's keys apart. */
export const createRedisRunStore = (
  redis: RedisConnection,
  options: { keyPrefix?: string } = {},
): RunStore => {
  const keys = createKeys('simulator', options.keyPrefix === undefined ? {} : { prefix: options.keyPrefix });
  const index = keys.key('runs');
  const stopOf = (id: string) => keys.key('stop', id);
  return {
    save: async (run) => {
      await redis.pipeline((pipeline) => {
        pipeline.set(keys.key('run', run.id), JSON.stringify(run), 'EX', WEEK_SECONDS);
        pipeline.zadd(index, 0, run.id);
        pipeline.zremrangebyrank(index, 0, -MAX_RUNS - 1);
        pipeline.expire(index, WEEK_SECONDS);
      });
    },
    find: async (id) => {
      const text = await redis.use((client) => client.get(keys.key('run', id)));
      return text === null ? undefined : read(text);
    },
    list: async ({ limit, before }) => {
      const start = before === undefined ? '+' : `(${before}`;
      const ids = await redis.use((client) => client.zrevrangebylex(index, start, '-', 'LIMIT', 0, limit));
      if (ids.length === 0) return [];
      const texts = await redis.use((client) => client.mget(ids.map((id) => keys.key('run', id))));
      return texts.flatMap((text) => (text === null ? [] : read(text)));
    },
    requestStop: async (id) => {
      await redis.use((client) => client.set(stopOf(id), '1', 'EX', STOP_SECONDS));
    },
    isStopRequested: async (id) => (await redis.use((client) => client.exists(stopOf(id)))) === 1,
  };
};
