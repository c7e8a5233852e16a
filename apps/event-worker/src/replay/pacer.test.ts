import { expect, test } from 'vitest';
import { createPacer } from './pacer.ts';

test('each waits for the turn of what came before, and time that was lost is not made up for by a burst', async () => {
  let at = 0;
  const waits: number[] = [];
  const pause = async (ms: number) => {
    waits.push(ms);
    at += ms;
  };
  const pace = createPacer({ now: () => at, pause });
  const { signal } = new AbortController();
  await pace(10, 10, signal);
  at += 400;
  await pace(10, 10, signal);
  at += 60_000;
  await pace(10, 10, signal);
  await pace(5, 10, signal);
  expect(waits).toEqual([1_000, 600, 500]);
});
