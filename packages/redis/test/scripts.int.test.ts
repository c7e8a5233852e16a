import { testEnvironment, uniquePrefix } from '@contact-sync/testing';
import { expect, test } from 'vitest';
import { createKeys, defineScript } from '../src/index.ts';
import { openReady } from './connections.ts';

const { REDIS_URL } = testEnvironment();

/** Its text differs from run to run, so no other test can load or flush it. */
const appendScript = (tag = uniquePrefix()) =>
  defineScript({
    name: 'append',
    lua: `-- ${tag}
      if ARGV[1] == 'fail' then return redis.error_reply('REFUSED on purpose') end
      return redis.call('RPUSH', KEYS[1], ARGV[1])`,
    keys: 1,
    reply: Number,
  });

const newKey = () => createKeys('worker', { prefix: uniquePrefix() }).key('list');

test('runs a script the server has never seen, once', async () => {
  const { redis } = await openReady(REDIS_URL);
  const [script, key] = [appendScript(), newKey()];
  expect(await redis.run(script, { keys: [key], args: ['ä'] })).toBe(1);
  expect(await redis.run(script, { keys: [key], args: [2] })).toBe(2);
  expect(await redis.client.lrange(key, 0, -1)).toEqual(['ä', '2']);
});

test('runs many in order in one go, the script known or not', async () => {
  const { redis } = await openReady(REDIS_URL);
  const [script, key] = [appendScript(), newKey()];
  const calls = Array.from({ length: 50 }, (_, index) => ({ keys: [key], args: [index] }));
  const outcomes = await redis.runMany(script, calls);
  expect(outcomes).toEqual(calls.map((_, index) => ({ ok: true, value: index + 1 })));
  expect(await redis.client.lrange(key, 0, -1)).toEqual(calls.map((_, index) => String(index)));
});

test("gives each of many its own outcome: one's fault fails no other", async () => {
  const { redis } = await openReady(REDIS_URL);
  const [script, key] = [appendScript(), newKey()];
  const calls = ['a', 'fail', 'b'].map((value) => ({ keys: [key], args: [value] }));
  const [first, second, third] = await redis.runMany(script, calls);
  expect([first, third]).toEqual([
    { ok: true, value: 1 },
    { ok: true, value: 2 },
  ]);
  expect(second).toMatchObject({ ok: false, error: { code: 'INTERNAL', retryable: false } });
});

test('takes bytes as they are', async () => {
  const { redis } = await openReady(REDIS_URL);
  const key = newKey();
  await redis.run(appendScript(), { keys: [key], args: [Buffer.from([0xff, 0x00])] });
  expect(await redis.client.lrangeBuffer(key, 0, -1)).toEqual([Buffer.from([0xff, 0x00])]);
});

test('refuses a call with another number of keys before it is sent', async () => {
  const { redis } = await openReady(REDIS_URL);
  const [script, key] = [appendScript(), newKey()];
  await expect(redis.run(script, { keys: [], args: [key] })).rejects.toThrow(RangeError);
  await expect(redis.runMany(script, [{ keys: [key, key], args: ['x'] }])).rejects.toThrow(RangeError);
  expect(await redis.client.exists(key)).toBe(0);
});

test('an id of separators, braces, globs and line ends touches its own key only', async () => {
  const { redis } = await openReady(REDIS_URL);
  const keys = createKeys('acme', { prefix: uniquePrefix() });
  const script = appendScript();
  const ids = ['a', 'a:b', 'a*', '{0}', '*', 'a\r\nDEL x', ''];
  for (const id of ids) await redis.run(script, { keys: [keys.inShard(0, 'contact', id)], args: [id] });
  for (const id of ids) {
    expect(await redis.client.lrange(keys.inShard(0, 'contact', id), 0, -1)).toEqual([id]);
  }
  expect(await redis.client.keys(`${keys.root}*`)).toHaveLength(ids.length);
});

test('a pipeline gives its replies in order and throws the first fault', async () => {
  const { redis } = await openReady(REDIS_URL);
  const key = newKey();
  expect(await redis.pipeline((p) => p.set(key, 'v').get(key))).toEqual(['OK', 'v']);
  await expect(redis.pipeline((p) => p.get(key).lpush(key, 'x'))).rejects.toMatchObject({
    code: 'INTERNAL',
    internal: expect.stringContaining('WRONGTYPE'),
  });
});

test('a transaction gives its replies in order, throws the first fault, and lets nobody in between', async () => {
  const { redis } = await openReady(REDIS_URL);
  const { redis: other } = await openReady(REDIS_URL);
  const key = newKey();
  expect(await redis.transaction((t) => t.set(key, 'v').get(key))).toEqual(['OK', 'v']);
  await expect(redis.transaction((t) => t.get(key).lpush(key, 'x'))).rejects.toMatchObject({
    code: 'INTERNAL',
    internal: expect.stringContaining('WRONGTYPE'),
  });
  const counter = newKey();
  const pairs = await Promise.all(
    Array.from({ length: 100 }, (_, index) =>
      (index % 2 ? redis : other).transaction((t) => t.incr(counter).incr(counter)),
    ),
  );
  for (const [first, second] of pairs) expect(second).toBe(Number(first) + 1);
});
