import { expect, test } from 'vitest';
import { pace } from './pace.ts';

test('calls so often as the rate asks, in order, spread over the time', async () => {
  const at: number[] = [];
  const startedAt = performance.now();
  await pace({ perSecond: 200, seconds: 0.2 }, (index) => {
    at[index] = performance.now() - startedAt;
  });
  expect(at).toHaveLength(40);
  expect(at.toSorted((a, b) => a - b)).toEqual(at);
  expect(at[39]).toBeGreaterThanOrEqual(39 * 5);
});

test('makes up for time that a call took, and says how late each one was', async () => {
  const block = () => {
    const until = performance.now() + 50;
    while (performance.now() < until);
  };
  const late = await pace({ perSecond: 100, seconds: 0.2 }, (index) => {
    if (index === 0) block();
  });
  expect(late).toHaveLength(20);
  expect(late[1]).toBeGreaterThanOrEqual(39);
});
