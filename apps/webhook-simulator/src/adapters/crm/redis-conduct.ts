import { AcmeConduct } from '@contact-sync/api-contracts';
import { createKeys, type RedisConnection } from '@contact-sync/redis';
import { Value } from 'typebox/value';
import type { CrmConduct } from '../../crm-ports.ts';

/** One that another version has set and this one does not know is none. */
const readConduct = (text: string | null): AcmeConduct => {
  const value: unknown = text === null ? {} : JSON.parse(text);
  return Value.Check(AcmeConduct, value) ? value : {};
};

const repliesOf = (results: readonly [error: Error | null, reply: unknown][] | null): unknown[] =>
  (results ?? []).map(([error, reply]) => {
    if (error) throw error;
    return reply;
  });

/** How AcmeCRM behaves, in Redis, so that all copies behave alike; it ends by itself. `keyPrefix` sets a test's keys apart. */
export const createRedisConduct = (
  redis: RedisConnection,
  { keyPrefix = '' }: { readonly keyPrefix?: string } = {},
): CrmConduct => {
  const keys = createKeys('simulator', { prefix: keyPrefix });
  const [conduct, webhooks] = [keys.key('crm-conduct'), keys.key('crm-webhooks')];
  return {
    current: async () => readConduct(await redis.use((client) => client.get(conduct))),
    set: async (value, seconds) => {
      const text = JSON.stringify(value);
      repliesOf(
        await redis.use((client) => client.multi().set(conduct, text, 'EX', seconds).del(webhooks).exec()),
      );
    },
    atWebhook: async () => {
      // In one transaction: what is counted under one conduct must not be taken for another's.
      const results = await redis.use((client) => client.multi().get(conduct).incr(webhooks).exec());
      const [text, nth] = repliesOf(results);
      return { conduct: readConduct(text as string | null), nth: nth as number };
    },
  };
};
