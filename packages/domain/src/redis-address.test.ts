import { expect, test } from 'vitest';
import { parseRedisAddress } from './redis-address.ts';

test.each([
  ['redis://localhost', { kind: 'server', host: 'localhost', port: 6379 }],
  ['redis://user:secret@10.0.0.1:7000/3', { kind: 'server', host: '10.0.0.1', port: 7000 }],
  ['rediss://[::1]:7000', { kind: 'server', host: '[::1]', port: 7000 }],
  [
    'redis-sentinel://one?master=contacts',
    {
      kind: 'sentinel',
      sentinels: [{ host: 'one', port: 26379 }],
      master: 'contacts',
      tls: false,
      database: 0,
    },
  ],
  [
    'rediss-sentinel://user:p%40ss+word@one:1,[::1]:2,three/4?master=contacts&sentinelUser=s&sentinelPassword=a%26b',
    {
      kind: 'sentinel',
      sentinels: [
        { host: 'one', port: 1 },
        { host: '::1', port: 2 },
        { host: 'three', port: 26379 },
      ],
      master: 'contacts',
      tls: true,
      username: 'user',
      password: 'p@ss+word',
      database: 4,
      sentinelUser: 's',
      sentinelPassword: 'a&b',
    },
  ],
  [
    'redis-sentinel://:secret@one/?master=contacts',
    {
      kind: 'sentinel',
      sentinels: [{ host: 'one', port: 26379 }],
      master: 'contacts',
      tls: false,
      password: 'secret',
      database: 0,
    },
  ],
])('reads %s', (text, address) => {
  expect(parseRedisAddress(text)).toEqual(address);
});

test.each([
  ...['', 'localhost:6379', 'http://localhost', 'redis://', 'redis://:secret@', 'redis://host/zero'],
  ...['redis-sentinel://one', 'redis-sentinel://one?master=', 'redis-sentinel://?master=contacts'],
  ...['redis-sentinel://one,?master=contacts', 'redis-sentinel://one:99999?master=contacts'],
  ...['redis-sentinel://one/zero?master=contacts', 'redis-sentinel://one?master=a&master=b'],
  ...[
    'redis-sentinel://one?master=contacts&sentinelPasswort=x',
    'redis-sentinel://user:%zz@one?master=contacts',
  ],
  ...['redis-sentinel://user@one?master=contacts', 'redis-cluster://one,two', 'redis://one,two'],
])('takes %j for no address', (text) => {
  expect(parseRedisAddress(text)).toBeUndefined();
});
