import {
  createKeys,
  decodeKeyPart,
  defineScript,
  encodeKeyPart,
  loadScript,
  type RedisConnection,
  shards,
} from '@contact-sync/redis';
import type { FateRecord } from '../../fates/fate-record.ts';
import type { EventRecords, FateStore } from '../../fates/fate-store.ts';
import { fromFateLog, toFateLine } from './fate-line.ts';

export type FateStoreOptions = {
  readonly redis: RedisConnection;
  readonly keptSeconds: number;
  readonly keptEvents: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Sets a test's keys apart. */
  readonly prefix?: string;
};

const recordScript = defineScript({
  name: 'fates-record',
  lua: loadScript(new URL('./record.lua', import.meta.url)),
  keys: 'any',
  reply: Number,
});

const forgetScript = defineScript({
  name: 'fates-forget-contact',
  lua: loadScript(new URL('./forget-contact.lua', import.meta.url)),
  keys: 1,
  reply: Number,
});

// Some 300 attempts: whoever sends one id with ever other contents fills no more than this.
const longestLog = 65_536;

/** All in one shard: the script that forgets the oldest events finds out only then whose they were. */
const createFateKeys = (prefix: string) => {
  const keys = createKeys('worker', { prefix });
  const shard = shards[0] ?? 0;
  return {
    order: keys.inShard(shard, 'fates'),
    counter: keys.inShard(shard, 'fates-counter'),
    log: keys.family(shard, 'fate'),
    index: keys.family(shard, 'contact-fates'),
  };
};

// Beside one for each that comes, so that a lower limit is reached by and by and no batch waits for it.
const forgottenAtOnce = 100;

const ofNobody = '';

/**
 * Fates in Redis: a log an event, to which one script a batch appends; an index a contact; and the order in which events
 * came, by which the same script forgets.
 */
export const createRedisFateStore = (options: FateStoreOptions): FateStore => {
  const { redis, keptSeconds, keptEvents, now, prefix = '' } = options;
  const keys = createFateKeys(prefix);
  const nowSeconds = () => Math.floor(now() / 1_000);

  const run = (records: readonly FateRecord[]): Promise<number> =>
    redis.run(recordScript, {
      keys: [
        keys.order,
        keys.counter,
        ...records.flatMap(({ eventId, contactId = ofNobody }) => [keys.log(eventId), keys.index(contactId)]),
      ],
      args: [
        ...[nowSeconds(), keptSeconds, keptEvents, longestLog, records.length + forgottenAtOnce],
        ...[keys.log(''), keys.index('')],
        ...records.flatMap((record) => [
          toFateLine(record),
          encodeKeyPart(record.eventId),
          encodeKeyPart(record.contactId ?? ofNobody),
        ]),
      ],
    });

  const ofEvents = async (eventIds: readonly string[]): Promise<EventRecords[]> => {
    if (eventIds.length === 0) return [];
    const logs = await redis.use((client) => client.mget(eventIds.map(keys.log)));
    return eventIds.map((eventId, index) => ({
      eventId,
      records: fromFateLog(eventId, logs[index] ?? null),
    }));
  };

  return {
    record: async (records) => {
      if (records.length > 0) await run(records);
    },
    ofEvents,
    ofContact: async (contactId, { limit, after }) => {
      const below = after === undefined ? '+inf' : `(${after}`;
      const found = await redis.use((client) =>
        client.zrevrangebyscore(keys.index(contactId), below, '-inf', 'WITHSCORES', 'LIMIT', 0, limit + 1),
      );
      const [ids, numbers] = [0, 1].map((from) => found.filter((_, index) => index % 2 === from)) as [
        string[],
        string[],
      ];
      const events = (await ofEvents(ids.slice(0, limit).map(decodeKeyPart))).map(({ eventId, records }) => ({
        eventId,
        records: records.filter((record) => record.contactId === contactId),
      }));
      return ids.length > limit ? { events, next: Number(numbers[limit - 1]) } : { events };
    },
    keptSince: async () => {
      const [held, first] = await redis.pipeline((pipeline) =>
        pipeline.llen(keys.order).lindex(keys.order, 0),
      );
      const byAge = (nowSeconds() - keptSeconds) * 1_000;
      if (typeof first !== 'string' || Number(held) < keptEvents) return byAge;
      return Math.max(byAge, Number.parseInt(first, 10) * 1_000);
    },
    forgetOld: async () => {
      while ((await run([])) === forgottenAtOnce);
    },
    forgetContact: (contactId) =>
      redis.run(forgetScript, {
        keys: [keys.index(contactId)],
        args: [keys.log(''), JSON.stringify(contactId)],
      }),
  };
};
