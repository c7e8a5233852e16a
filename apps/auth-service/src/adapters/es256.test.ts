import { generateKeyPairSync, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sideBySide, signEs256 } from './es256.ts';

const integer = (...bytes: number[]): number[] => [0x02, bytes.length, ...bytes];
const sequence = (...members: number[][]): Buffer =>
  Buffer.from([0x30, members.flat().length, ...members.flat()]);
const of = (byte: number, count: number): number[] => Array.from({ length: count }, () => byte);

describe('sideBySide', () => {
  it.each([
    ['as long as they may be', integer(...of(0x7f, 32)), of(0x7f, 32)],
    ['with a zero before the first bit', integer(0, ...of(0xff, 32)), of(0xff, 32)],
    ['a byte shorter', integer(...of(0x11, 31)), [0, ...of(0x11, 31)]],
    ['a byte shorter, with a zero before the first bit', integer(0, ...of(0xee, 31)), [0, ...of(0xee, 31)]],
    ['of one byte', integer(1), [...of(0, 31), 1]],
  ])('gives integers %s 32 bytes each', (_, written, expected) => {
    const other = integer(...of(0x22, 32));
    expect([...sideBySide(sequence(written, other))]).toEqual([...expected, ...of(0x22, 32)]);
    expect([...sideBySide(sequence(other, written))]).toEqual([...of(0x22, 32), ...expected]);
  });
});

describe('signEs256', () => {
  it('signs so that whoever reads both integers side by side can verify it', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const key = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const;
    for (let count = 0; count < 200; count += 1) {
      const text = `text ${count}`;
      const signature = signEs256(text, privateKey);
      expect(signature.length).toBe(64);
      expect(verify('sha256', Buffer.from(text), key, signature)).toBe(true);
      expect(verify('sha256', Buffer.from(`${text}!`), key, signature)).toBe(false);
    }
  });
});
