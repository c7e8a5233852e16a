import { expect, test } from 'vitest';
import { type LoadRequest, sharesOf } from './request-pool.ts';

const numbered = (count: number): LoadRequest[] =>
  Array.from({ length: count }, (_, index) => ({ method: 'GET', path: `/${index}`, headers: {} }));

test('requests that are sent once are dealt out: none is in two shares, none is left over', () => {
  const requests = numbered(10);
  const shares = sharesOf({ requests, reusable: false, operationsPerRequest: 1 }, 3);
  expect(shares.map((share) => share.length)).toEqual([4, 3, 3]);
  expect(new Set(shares.flat())).toEqual(new Set(requests));
});

test('a request that may repeat goes to every connection where there are fewer requests than connections', () => {
  const requests = numbered(1);
  expect(sharesOf({ requests, reusable: true, operationsPerRequest: 1 }, 2)).toEqual([requests, requests]);
});

test('too few requests to send each once are refused', () => {
  expect(() => sharesOf({ requests: numbered(1), reusable: false, operationsPerRequest: 1 }, 2)).toThrow(
    RangeError,
  );
});
