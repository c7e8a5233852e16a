import { contactIdOfAcme } from '@contact-sync/domain';
import { builtInMapping, compileMapping } from '@contact-sync/field-mapper';
import { openRedis, type RedisConnection } from '@contact-sync/redis';
import { acmeContact, redisServerExecutable, startRedisServer } from '@contact-sync/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createRedisContactStore } from '../src/adapters/redis-contact-store/redis-contact-store.ts';
import type { ContactStore } from '../src/ports.ts';
import { applyEvents } from '../src/use-cases/apply-events.ts';
import { updated } from './event-builder.ts';

const contacts = 5_000;
const batch = 200;

const serverDefaults = { 'hash-max-ziplist-entries': '512', 'hash-max-ziplist-value': '64' };

/** Realistic contacts whose notes bring them to some 600 bytes of JSON. */
const events = (from: number) =>
  Array.from({ length: batch }, (_, index) => {
    const seed = from + index + 1;
    return updated({ ...acmeContact(seed), id: `m${seed}`, acme_version: 1 });
  });

const fill = async (store: ContactStore): Promise<number> => {
  const mapping = compileMapping(builtInMapping);
  let bytes = 0;
  for (let from = 0; from < contacts; from += batch) {
    const results = await applyEvents({ store, mapping, now: () => new Date().toISOString() }, events(from));
    expect(results.every((result) => 'fate' in result && result.fate === 'applied')).toBe(true);
    const snapshots = await store.load(events(from).map(({ data }) => contactIdOfAcme(data.id)));
    for (const { contact } of snapshots) bytes += Buffer.byteLength(JSON.stringify(contact));
  }
  return bytes;
};

const usedMemory = async (redis: RedisConnection): Promise<number> =>
  Number(/^used_memory:(\d+)/m.exec(await redis.use((client) => client.info('memory')))?.[1]);

/** What a contact with mirror, lists and one history entry takes in Redis, as a multiple of its JSON. */
const measure = async (settings: Readonly<Record<string, string>>) => {
  const server = await startRedisServer({ settings });
  onTestFinished(() => server.stop());
  const redis = await openRedis(server.url);
  onTestFinished(() => redis.close());
  const before = await usedMemory(redis);
  const jsonBytes = await fill(createRedisContactStore({ redis, historyLimit: 100 }));
  // What waits for Kafka is gone as soon as it is told.
  await redis.use((client) => client.del('integration:{0}:outbox'));
  const bytes = (await usedMemory(redis)) - before;
  return { jsonBytes: jsonBytes / contacts, bytes: bytes / contacts, ratio: bytes / jsonBytes };
};

describe.skipIf(redisServerExecutable() === undefined)('memory of a contact', () => {
  test('is at most 8 times its JSON under the shipped redis.conf, and far more under the server’s defaults', async () => {
    const [shipped, plain] = [await measure({}), await measure(serverDefaults)];
    process.stdout.write(`memory per contact: ${JSON.stringify({ shipped, plain })}\n`);
    expect(shipped.ratio).toBeLessThanOrEqual(8);
    expect(plain.ratio).toBeGreaterThan(shipped.ratio);
  });
});
