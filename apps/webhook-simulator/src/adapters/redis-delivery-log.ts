import { LoggedDelivery } from '@contact-sync/api-contracts';
import { compileGuard } from '@contact-sync/domain';
import { createKeys, type RedisConnection } from '@contact-sync/redis';
import type { DeliveryLog } from '../ports.ts';

const DAY_SECONDS = 86_400;
/** The newest ones that are kept. */
const MAX_DELIVERIES = 5_000;
const MAX_BODY_LENGTH = 16_384;
/** What one page looks at. */
const MAX_EXAMINED = 1_000;
const CHUNK = 100;
const FLUSH_MS = 200;
const FLUSH_COUNT = 200;
/** What waits to be stored; a slow store must neither slow the sender nor fill the memory. */
const MAX_WAITING = 5_000;

export type DeliveryLogOptions = {
  readonly keyPrefix?: string;
  /** Told how many could not be stored. */
  readonly onLoss: (count: number, cause: unknown) => void;
};

const kept = (delivery: LoggedDelivery): LoggedDelivery => {
  const { body, ...rest } = delivery;
  return body !== undefined && body.length <= MAX_BODY_LENGTH ? delivery : rest;
};

const isDelivery = compileGuard(LoggedDelivery);

const read = (text: string | null): LoggedDelivery[] => {
  const value: unknown = text === null ? undefined : JSON.parse(text);
  return isDelivery(value) ? [value] : [];
};

/** Deliveries under `simulator:delivery:<id>` for a day, with an index by id, which rises with time. */
export const createRedisDeliveryLog = (
  redis: RedisConnection,
  { keyPrefix = '', onLoss }: DeliveryLogOptions,
): DeliveryLog => {
  const keys = createKeys('simulator', { prefix: keyPrefix });
  const index = keys.key('deliveries');
  const keyOf = (id: string) => keys.key('delivery', id);
  const waiting: LoggedDelivery[] = [];
  let flushing: Promise<void> | undefined;

  const store = async (deliveries: readonly LoggedDelivery[]): Promise<void> => {
    try {
      await redis.pipeline((pipeline) => {
        for (const delivery of deliveries) {
          pipeline.set(keyOf(delivery.id), JSON.stringify(kept(delivery)), 'EX', DAY_SECONDS);
          pipeline.zadd(index, 0, delivery.id);
        }
        pipeline.zremrangebyrank(index, 0, -MAX_DELIVERIES - 1);
        pipeline.expire(index, DAY_SECONDS);
      });
    } catch (cause) {
      onLoss(deliveries.length, cause);
    }
  };
  const flushAll = async (): Promise<void> => {
    while (waiting.length > 0) await store(waiting.splice(0, FLUSH_COUNT));
  };
  const flush = (): Promise<void> => {
    flushing ??= flushAll().finally(() => {
      flushing = undefined;
    });
    return flushing;
  };
  const timer = setInterval(() => void flush(), FLUSH_MS);
  timer.unref();

  return {
    add: (delivery) => {
      if (waiting.length >= MAX_WAITING) {
        onLoss(1, new Error('the store is too slow'));
        return;
      }
      waiting.push(delivery);
    },
    find: async (id) => {
      const [own] = waiting.filter((delivery) => delivery.id === id);
      return own ?? read(await redis.use((client) => client.get(keyOf(id))))[0];
    },
    list: async ({ limit, before, isWanted }) => {
      await flush();
      const found: LoggedDelivery[] = [];
      let last = before;
      for (let examined = 0; examined < MAX_EXAMINED && found.length < limit; examined += CHUNK) {
        const start = last === undefined ? '+' : `(${last}`;
        const ids = await redis.use((client) => client.zrevrangebylex(index, start, '-', 'LIMIT', 0, CHUNK));
        if (ids.length === 0) return { deliveries: found };
        const texts = await redis.use((client) => client.mget(ids.map(keyOf)));
        for (const [place, id] of ids.entries()) {
          if (found.length === limit) break;
          found.push(...read(texts[place] ?? null).filter(isWanted));
          last = id;
        }
      }
      return { deliveries: found, ...(last !== undefined && { next: last }) };
    },
    since: async (id, limit) => {
      await flush();
      const start = id === undefined ? '-' : `(${id}`;
      const ids = await redis.use((client) => client.zrangebylex(index, start, '+', 'LIMIT', 0, limit));
      const texts = ids.length === 0 ? [] : await redis.use((client) => client.mget(ids.map(keyOf)));
      return texts.flatMap(read);
    },
    newest: async () => {
      await flush();
      const [id] = await redis.use((client) => client.zrevrangebylex(index, '+', '-', 'LIMIT', 0, 1));
      return id;
    },
    close: async () => {
      clearInterval(timer);
      await flush();
    },
  };
};
