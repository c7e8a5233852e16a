import { expect, test } from 'vitest';
import { createLiveRate } from './live-rate.ts';

test('the rate is by how much the topics grew since it was asked last, and stays for half a second', async () => {
  let [records, at] = [1_000, 0];
  const bounds = async () => [
    { topic: 'a', partition: 0, first: '0', end: String(records) },
    { topic: 'b', partition: 0, first: '0', end: '7' },
  ];
  const live = createLiveRate({ bounds }, () => at);
  expect(await live.perSecond()).toBe(0);
  [records, at] = [1_600, 2_000];
  expect(await live.perSecond()).toBe(300);
  [records, at] = [9_999, 2_400];
  expect(await live.perSecond()).toBe(300);
  [records, at] = [1_600, 4_000];
  expect(await live.perSecond()).toBe(0);
});
