import { describe, expect, it } from 'vitest';
import { retryAfterOf } from './retry-after.ts';

const now = Date.UTC(2026, 0, 1);

describe('retryAfterOf', () => {
  it.each([
    ['3', 3_000],
    ['0', 0],
    ['Thu, 01 Jan 2026 00:00:05 GMT', 5_000],
    ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
    ['soon', undefined],
    ['-1', undefined],
  ])('reads %s as %s ms', (value, ms) => {
    expect(retryAfterOf({ 'retry-after': value }, now)).toBe(ms);
  });

  it('reads nothing from an answer without it', () => {
    expect(retryAfterOf({}, now)).toBeUndefined();
  });
});
