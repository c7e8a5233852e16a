import { expect, it } from 'vitest';
import { createPace } from './pace.ts';

const paceAt = (perSecond: number) => {
  const time = { ms: 0, waited: [] as number[] };
  const pause = async (ms: number) => {
    time.waited.push(ms);
    time.ms += ms;
  };
  return { time, pace: createPace({ perSecond, now: () => time.ms, pause }) };
};

it('waits for what the work itself did not take', async () => {
  const { time, pace } = paceAt(100);
  time.ms += 200;
  await pace(50);
  expect(time.waited).toEqual([300]);
  await pace(100);
  expect(time.waited).toEqual([300, 1_000]);
});

it('makes up for no time that was lost', async () => {
  const { time, pace } = paceAt(100);
  time.ms += 60_000;
  await pace(10);
  await pace(10);
  expect(time.waited).toEqual([100]);
});

it('does not wait after nothing was done', async () => {
  const { time, pace } = paceAt(1);
  await pace(0);
  expect(time.waited).toEqual([]);
});
