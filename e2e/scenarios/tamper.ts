import { createRedis } from '@contact-sync/redis';

/** Changes what contact-service has stored, behind its back and everybody else's. */
export type Tamper = {
  /** A second entry for the newest version in a contact's history, with an outgoing event of its own. */
  readonly doubleNewest: (contactId: string) => Promise<void>;
  readonly setField: (contactId: string, field: string, value: string) => Promise<void>;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
};

const silent = { info: () => undefined, warn: () => undefined };

export const tamperWith = (redisUrl: string): Tamper => {
  const redis = createRedis({ url: redisUrl, clientName: 'tamper', logger: silent });
  redis.connect();
  const keyOf = (kind: string, contactId: string) => `integration:{0}:${kind}:${contactId}`;
  return {
    doubleNewest: async (contactId) => {
      const [text] = await redis.use((client) => client.lrange(keyOf('history', contactId), 0, 0));
      if (text === undefined) throw new Error('the contact has no history');
      const entry = JSON.parse(text) as { sequence: number };
      const again = { ...entry, sequence: entry.sequence + 1, outgoingEventId: crypto.randomUUID() };
      await redis.use((client) => client.lpush(keyOf('history', contactId), JSON.stringify(again)));
    },
    setField: async (contactId, field, value) => {
      const added = await redis.use((client) => client.hset(keyOf('contact', contactId), field, value));
      if (added !== 0) throw new Error('there was no such field of the contact');
    },
    [Symbol.asyncDispose]: () => redis.close(),
  };
};
