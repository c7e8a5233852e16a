import { describe, expect, it } from 'vitest';
import { createArgon2Passwords } from './argon2-passwords.ts';

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await work();
  return performance.now() - began;
};

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

describe('createArgon2Passwords', () => {
  it('hashes by argon2id with 19 MiB, two passes and a salt of its own', async () => {
    const passwords = await createArgon2Passwords();
    const [one, two] = [await passwords.hash('secret'), await passwords.hash('secret')];
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(two).not.toBe(one);
  });

  it('knows the right password from wrong ones', async () => {
    const passwords = await createArgon2Passwords();
    const hash = await passwords.hash('secret');
    expect(await passwords.verify('secret', hash)).toBe(true);
    expect(await passwords.verify('Secret', hash)).toBe(false);
    expect(await passwords.verify('', hash)).toBe(false);
    expect(await passwords.verify('secret', undefined)).toBe(false);
  });

  it('takes as long where there is no hash to compare with', async () => {
    const passwords = await createArgon2Passwords();
    const hash = await passwords.hash('secret');
    const known: number[] = [];
    const unknown: number[] = [];
    for (let round = 0; round < 7; round += 1) {
      known.push(await timed(() => passwords.verify('wrong', hash)));
      unknown.push(await timed(() => passwords.verify('wrong', undefined)));
    }
    // Far from equal would be a thousandth of it; a busy machine is within a factor of three.
    expect(median(unknown)).toBeGreaterThan(median(known) / 3);
  });
});
