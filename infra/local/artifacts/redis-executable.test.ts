import { expect, test } from 'vitest';
import { isNewEnough } from './redis-executable.ts';

test.each([
  ['Redis server v=7.2.4 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64', true],
  ['Redis server v=6.2.6 sha=00000000:0', true],
  ['Redis server v=6.0.16 sha=00000000:0', false],
  ['Redis server v=10.0.0', true],
  ['not a Redis', false],
])('takes a Redis from 6.2 on: %s', (printed, taken) => {
  expect(isNewEnough(printed)).toBe(taken);
});
