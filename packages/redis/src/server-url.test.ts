import { expect, test } from 'vitest';
import { parseServerUrl } from './server-url.ts';

test.each([
  ['redis://localhost', 'localhost:6379'],
  ['redis://user:secret@10.0.0.1:7000/3', '10.0.0.1:7000'],
  ['rediss://[::1]:7000', '[::1]:7000'],
])('reads %s as %s', (url, server) => {
  expect(parseServerUrl(url)).toBe(server);
});

test.each(['', 'localhost:6379', 'http://localhost', 'redis://', 'redis://:secret@'])(
  'refuses %j without repeating it',
  (url) => {
    expect(() => parseServerUrl(url)).toThrow(/^a Redis URL reads/);
  },
);
