import { expect, test } from 'vitest';
import { eventually } from './eventually.ts';

test('resolves with what the first good try gave', async () => {
  let tries = 0;
  const check = () => {
    tries += 1;
    if (tries < 3) throw new Error('not yet');
    return tries;
  };
  expect(await eventually(check, { intervalMs: 1 })).toBe(3);
});

test('takes false for not yet, and other empty values for done', async () => {
  let tries = 0;
  await eventually(() => ++tries > 2, { intervalMs: 1 });
  expect(tries).toBe(3);
  expect(await eventually(() => undefined)).toBeUndefined();
  expect(await eventually(async () => 0)).toBe(0);
});

test('throws the last failure and how often it tried', async () => {
  const failing = eventually(
    () => {
      throw new Error('still 4 of 5');
    },
    { timeoutMs: 40, intervalMs: 5 },
  );
  await expect(failing).rejects.toThrow(/^not so within 40 ms \(\d+ tries\): still 4 of 5$/);
});

test('ends on time although a try never settles', async () => {
  const hanging = eventually(() => new Promise<void>(() => undefined), { timeoutMs: 30 });
  await expect(hanging).rejects.toThrow('no try came to an end');
});
