import { describe, expect, it } from 'vitest';
import { retryAfterMsOf } from '../src/retry-after.ts';

const now = Date.UTC(2026, 0, 1);

describe('Retry-After', () => {
  it.each([
    ['3', 3_000],
    ['0', 0],
    ['Thu, 01 Jan 2026 00:00:05 GMT', 5_000],
    ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
    ['soon', undefined],
    ['-1', undefined],
  ])('reads %s as %s ms', (value, ms) => {
    expect(retryAfterMsOf(value, now)).toBe(ms);
  });

  it('is nothing in an answer without it', () => {
    expect(retryAfterMsOf(null, now)).toBeUndefined();
  });
});
