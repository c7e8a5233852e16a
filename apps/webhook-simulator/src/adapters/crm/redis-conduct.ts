import { AcmeConduct } from '@contact-sync/api-contracts';
import { compileGuard } from '@contact-sync/domain';
import { createKeys, type RedisConnection } from '@contact-sync/redis';
import type { CrmConduct } from '../../crm-ports.ts';

const isConduct = compileGuard(AcmeConduct);

/** One that another version has set and this one does not know is none. */
const readConduct = (text: string | null): AcmeConduct => {
  const value: unknown = text === null ? {} : JSON.parse(text);
  return isConduct(value) ? value : {};
};

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
      await redis.transaction((transaction) => {
        transaction.set(conduct, text, 'EX', seconds).del(webhooks);
      });
    },
    atWebhook: async () => {
      // At once: what is counted under one conduct must not be taken for another's.
      const [text, nth] = await redis.transaction((transaction) => {
        transaction.get(conduct).incr(webhooks);
      });
      return { conduct: readConduct(text as string | null), nth: nth as number };
    },
  };
};
