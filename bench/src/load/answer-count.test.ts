import { expect, test } from 'vitest';
import { createAnswerCount } from './answer-count.ts';

const [one, other] = [{}, {}];

const countAt = (options: { seconds?: number; perConnection?: number } = {}) => {
  const clock = { ms: 500 };
  const count = createAnswerCount({
    seconds: 2,
    perConnection: Number.POSITIVE_INFINITY,
    expectedStatus: 202,
    now: () => clock.ms,
    ...options,
  });
  count.start();
  const add = (connection: object, atMs: number, status = 202) => {
    clock.ms = 500 + atMs;
    return count.add(connection, status);
  };
  return { add, result: count.result };
};

test('ends with the first answer after the time, and later answers count in all only', () => {
  const { add, result } = countAt();
  expect(add(one, 1_000)).toBe(false);
  expect(add(other, 2_500)).toBe(true);
  expect(add(one, 2_600)).toBe(false);
  expect(result()).toEqual({ answers: 2, seconds: 2.5, answersInAll: 3 });
});

test('ends when the first connection has used up its requests', () => {
  const { add, result } = countAt({ perConnection: 2 });
  expect([add(one, 100), add(other, 1_100), add(one, 1_500)]).toEqual([false, false, true]);
  expect(result()).toMatchObject({ answers: 3, seconds: 1.5 });
});

test('requests that did not last for half of the time give no figure', () => {
  const { add, result } = countAt({ perConnection: 1 });
  add(one, 900);
  expect(result).toThrow('used up after 0.9 of 2 s');
});

test('one unexpected answer gives no figure, also when it comes after the end', () => {
  const { add, result } = countAt();
  add(one, 2_000);
  add(one, 2_010, 503);
  expect(result).toThrow('only 202 was expected; answers: 1 × 202, 1 × 503');
});

test('no answer gives no figure', () => {
  expect(countAt().result).toThrow('answers: none');
});
