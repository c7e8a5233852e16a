import { expect, onTestFinished, test, vi } from 'vitest';
import { interleave } from './interleave.ts';

const options = { rounds: 3, seconds: 2, warmUpSeconds: 1, pids: { bench: process.pid } };

const recorder = () => {
  const calls: string[] = [];
  const contestant = <const Name extends string>(name: Name) => ({
    name,
    work: async (seconds: number) => {
      calls.push(`${name} ${seconds}`);
      return { operations: 10, seconds };
    },
  });
  return { calls, contestant };
};

test('each warms up once, then each has one turn a round, and every round begins with another', async () => {
  const { calls, contestant } = recorder();
  await interleave([contestant('a'), contestant('b')], options);
  expect(calls).toEqual(['a 1', 'b 1', 'a 2', 'b 2', 'b 2', 'a 2', 'a 2', 'b 2']);
});

test('the warm-up leaves no turn behind', async () => {
  const { contestant } = recorder();
  const turns = await interleave([contestant('a')], options);
  expect(turns.a).toHaveLength(3);
});

test('preparation comes before each turn and outside of it', async () => {
  const order: string[] = [];
  const prepare = async () => void order.push('prepare');
  const work = async (seconds: number) => {
    order.push('work');
    return { operations: 1, seconds };
  };
  await interleave([{ name: 'a', prepare, work }], { ...options, rounds: 1 });
  expect(order).toEqual(['prepare', 'work', 'prepare', 'work']);
});

test('what a contestant rejects with ends the bench, and nothing is measured any more', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const work = async () => Promise.reject(new Error('answers 503'));
  await expect(interleave([{ name: 'a', work }], options)).rejects.toThrow('answers 503');
  expect(vi.getTimerCount()).toBe(0);
});
