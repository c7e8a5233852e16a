import { expect, test } from 'vitest';
import { createBackoff } from './backoff.ts';
import { sentinelOptions, serverOf } from './server-of.ts';

const backoff = createBackoff({ baseMs: 50, capMs: 100, stableMs: 100, random: () => 1, now: () => 0 });

test.each([
  ['redis://localhost', 'localhost:6379'],
  ['redis://user:secret@10.0.0.1:7000/3', '10.0.0.1:7000'],
  ['rediss://[::1]:7000', '[::1]:7000'],
  [
    'rediss-sentinel://user:secret@one,two:1?master=contacts&sentinelPassword=secret',
    'contacts by one:26379, two:1',
  ],
])('calls %s by %s, without a secret', (url, label) => {
  expect(serverOf(url).label).toBe(label);
});

test.each(['', 'localhost:6379', 'http://:secret@localhost', 'redis-sentinel://:secret@one'])(
  'refuses %j without repeating it',
  (url) => {
    expect(() => serverOf(url)).toThrow(/^a Redis URL reads/);
    expect(() => serverOf(url)).not.toThrow(/secret/);
  },
);

test('with TLS both sentinels and servers are spoken to so, and without it neither', () => {
  const optionsOf = (url: string) => {
    const { address } = serverOf(url);
    if (address.kind !== 'sentinel') throw new Error('no sentinel');
    return sentinelOptions(address, 2_000, backoff);
  };
  const secured = { tls: {}, sentinelTLS: {}, enableTLSForSentinelMode: true };
  expect(optionsOf('rediss-sentinel://u:p@one?master=m')).toMatchObject({
    ...secured,
    username: 'u',
    password: 'p',
  });
  for (const name of Object.keys(secured))
    expect(optionsOf('redis-sentinel://one?master=m')).not.toHaveProperty(name);
});
