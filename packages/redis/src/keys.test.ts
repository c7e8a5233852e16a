import { expect, test } from 'vitest';
import { createKeys } from './keys.ts';

test('puts every key of a namespace below its root', () => {
  const keys = createKeys('ratelimit:gateway', { prefix: 't1:' });
  expect(keys.root).toBe('t1:ratelimit:gateway:');
  expect(keys.key('login', 42)).toBe('t1:ratelimit:gateway:login:42');
});

test('gives the keys of one shard one hash tag, across namespaces', () => {
  const id = '0193a1de-7f5e-7000-8000-000000000000';
  expect(createKeys('acme').inShard(0, 'contact', id)).toBe(`acme:{0}:contact:${id}`);
  expect(createKeys('integration').inShard(0, 'outbox')).toBe('integration:{0}:outbox');
});

test('keeps separators, braces, globs and line ends of an id out of the key', () => {
  const key = createKeys('acme').inShard(0, 'contact', 'a:*{1}?[x]\r\n\\ "');
  expect(key).toBe('acme:{0}:contact:a%3A%2A%7B1%7D%3F%5Bx%5D%0D%0A%5C%20%22');
});

test.each([
  [['a:b'], ['a', 'b']],
  [['a%3Ab'], ['a:b']],
  [['\ud800'], ['\ud801']],
  [['\ud800'], ['\ufffd']],
  [['%uD800'], ['\ud800']],
  [['a', ''], ['a']],
  [['é'], ['e\u0301']],
])('gives different keys to %j and %j', (one, other) => {
  const keys = createKeys('worker');
  expect(keys.key(...one)).not.toBe(keys.key(...other));
});

test('refuses a prefix that would change the hash tag or a scan', () => {
  expect(() => createKeys('acme', { prefix: '{x}' })).toThrow(RangeError);
  expect(() => createKeys('acme', { prefix: '*' })).toThrow(RangeError);
});

test('a family makes the keys that its parts make one by one', () => {
  const keys = createKeys('acme', { prefix: 't.' });
  const family = keys.family(3, 'seen', 'by:');
  for (const last of ['x', 'a:{b}*', '', 7]) expect(family(last)).toBe(keys.inShard(3, 'seen', 'by:', last));
});
