import { expect, test } from 'vitest';
import type { WriteBrake, WriteBrakeOperator } from '../src/write-back/ports.ts';

type Brake = WriteBrake & WriteBrakeOperator;

/** What holds for every brake of writes; `open` gives copies of one brake that lets three through. */
export const testWriteBrake = (open: () => Promise<() => Brake>): void => {
  const past = () => Date.now() - 1;
  const future = () => Date.now() + 60_000;

  test('lets through as many as it may, counts a repeat once, and holds what is one too many', async () => {
    const copy = await open();
    const admitted: boolean[] = [];
    for (const id of ['a', 'b', 'b', 'c', 'd', 'a']) {
      admitted.push(await copy().admit({ id, causedAt: past() }));
    }
    expect(admitted).toEqual([true, true, true, true, false, false]);
    expect(await copy().braked()).toMatchObject({ counted: 3 });
    expect(await copy().holds(past())).toBe(true);
  });

  test('an accept lets through what was caused before it, and brakes anew for what comes after', async () => {
    const copy = await open();
    expect(await copy().accept()).toBe(false);
    const waits = past();
    for (const id of ['a', 'b', 'c', 'd']) await copy().admit({ id, causedAt: waits });

    expect(await copy().accept()).toBe(true);

    expect(await copy().braked()).toBeUndefined();
    for (const id of ['d', 'e', 'f', 'g', 'h']) {
      expect(await copy().admit({ id, causedAt: waits })).toBe(true);
    }
    const later: boolean[] = [];
    for (const id of ['i', 'j', 'k', 'l']) later.push(await copy().admit({ id, causedAt: future() }));
    expect(later).toEqual([true, true, true, false]);
    expect([await copy().holds(waits), await copy().holds(future())]).toEqual([false, true]);
  });
};
