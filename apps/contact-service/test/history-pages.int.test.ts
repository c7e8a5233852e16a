import { contactIdOfAcme } from '@contact-sync/domain';
import { builtInMapping, compileMapping } from '@contact-sync/field-mapper';
import { openRedis, type RedisConnection } from '@contact-sync/redis';
import { testEnvironment, uniquePrefix } from '@contact-sync/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRedisContactStore } from '../src/adapters/redis-contact-store/redis-contact-store.ts';
import { applyEvents } from '../src/use-cases/apply-events.ts';
import { readHistory } from '../src/use-cases/read-contacts.ts';
import { updated } from './event-builder.ts';

let redis: RedisConnection;
beforeAll(async () => {
  redis = await openRedis(testEnvironment().REDIS_URL);
});
afterAll(() => redis?.close());

const id = contactIdOfAcme('7');

test.each([1, 2, 7])(
  'pages of a history hold every entry once, though %i writes come after each read of them',
  async (writesBetween) => {
    const prefix = uniquePrefix();
    const store = createRedisContactStore({ redis, prefix, historyLimit: 100 });
    const ports = { store, mapping: compileMapping(builtInMapping), now: () => new Date().toISOString() };
    let version = 0;
    const write = async (count: number): Promise<void> => {
      for (let made = 0; made < count; made += 1) {
        version += 1;
        await applyEvents(ports, [updated({ id: '7', acme_version: version, acme_title: `T${version}` })]);
      }
    };
    await write(20);
    const disturbed = createRedisContactStore({
      redis: {
        ...redis,
        use: async (work) => {
          const reply = await redis.use(work);
          if (version < 80) await write(writesBetween);
          return reply;
        },
      },
      prefix,
      historyLimit: 100,
    });
    const sequences: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await readHistory(disturbed, id, { limit: 3, cursor });
      sequences.push(...page.items.map(({ sequence }) => sequence));
      cursor = page.next;
    } while (cursor !== undefined);
    expect(sequences).toEqual(Array.from({ length: 20 }, (_, index) => 20 - index));
  },
);
