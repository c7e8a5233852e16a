import { AcmeConduct } from '@contact-sync/api-contracts';
import { createKeys, type RedisConnection } from '@contact-sync/redis';
import { Value } from 'typebox/value';
import type { CrmConduct } from '../../crm-ports.ts';

/** How AcmeCRM behaves, in Redis, so that all copies behave alike; it ends by itself. `keyPrefix` sets a test's keys apart. */
export const createRedisConduct = (
  redis: RedisConnection,
  { keyPrefix = '' }: { readonly keyPrefix?: string } = {},
): CrmConduct => {
  const keys = createKeys('simulator', { prefix: keyPrefix });
  const [conduct, webhooks] = [keys.key('crm-conduct'), keys.key('crm-webhooks')];
  return {
    current: async () => {
      const text = await redis.use((client) => client.get(conduct));
      const value: unknown = text === null ? {} : JSON.parse(text);
      // One that another version has set and this one does not know is none.
      return Value.Check(AcmeConduct, value) ? value : {};
    },
    set: async (value, seconds) => {
      await redis.pipeline((pipeline) => {
        pipeline.set(conduct, JSON.stringify(value), 'EX', seconds);
        pipeline.del(webhooks);
      });
    },
    countWebhook: () => redis.use((client) => client.incr(webhooks)),
  };
};
