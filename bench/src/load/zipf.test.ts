import { seededRandom } from '@contact-sync/testing';
import { expect, test } from 'vitest';
import { createZipf } from './zipf.ts';

test('rank r is drawn 1/(r + 1) times as often as rank 0', () => {
  const draw = createZipf(1_000, seededRandom(1));
  const times = new Array<number>(1_000).fill(0);
  for (let draws = 0; draws < 200_000; draws += 1) {
    const rank = draw();
    times[rank] = (times[rank] ?? 0) + 1;
  }
  for (const rank of [1, 3, 9]) expect((times[0] ?? 0) / (times[rank] ?? 0) / (rank + 1)).toBeCloseTo(1, 0);
});

test('the ends of what can be drawn are the first and the last rank', () => {
  expect(createZipf(10, () => 0)()).toBe(0);
  expect(createZipf(10, () => 1 - Number.EPSILON)()).toBe(9);
});
