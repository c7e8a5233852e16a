import { AppError } from '@contact-sync/domain';
import { describe, expect, it } from 'vitest';
import { assertIfMatch, isNotModified } from './preconditions.ts';

const codeOf = (header: string | undefined): string => {
  try {
    assertIfMatch(header, 3);
    return 'holds';
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
};

describe('If-Match', () => {
  it.each([
    ['"3"', 'holds'],
    ['*', 'holds'],
    ['"1","3"', 'holds'],
    ['"1" , "a,b" , "3"', 'holds'],
    [undefined, 'PRECONDITION_REQUIRED'],
    ['"2"', 'PRECONDITION_FAILED'],
    ['W/"3"', 'PRECONDITION_FAILED'],
    ['"a,"', 'PRECONDITION_FAILED'],
    ['', 'INVALID_HEADER'],
    ['3', 'INVALID_HEADER'],
    ['"3', 'INVALID_HEADER'],
    ['"3" "4"', 'INVALID_HEADER'],
    ['"3",,', 'INVALID_HEADER'],
    ['w/"3"', 'INVALID_HEADER'],
  ])('%s against version 3: %s', (header, code) => {
    expect(codeOf(header)).toBe(code);
  });
});

describe('If-None-Match', () => {
  it.each([
    ['"3"', true],
    ['W/"3"', true],
    ['"1", W/"3"', true],
    ['*', true],
    ['"4"', false],
    [undefined, false],
  ])('%s against version 3: %s', (header, same) => {
    expect(isNotModified(header, 3)).toBe(same);
  });
});
