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

const told = (header: string): string => {
  try {
    assertIfMatch(header, 3);
    return 'holds';
  } catch (error) {
    return error instanceof AppError ? error.message : String(error);
  }
};

describe('a refusal by If-Match says what is wrong with the tag', () => {
  const stale = 'The contact has changed since you read it.';
  const weak =
    'If-Match compares strongly, and a weak tag (W/) never fits; send the tag as this API gave it.';
  const foreign = 'If-Match has no tag that this API gave for the contact.';
  it.each([
    ['"2"', stale],
    ['"x", "1"', stale],
    ['W/"1", "2"', stale],
    ['W/"1"', weak],
    ['W/"3"', weak],
    ['"x", W/"3"', weak],
    ['"x"', foreign],
    ['W/"x"', foreign],
    ['"4"', foreign],
    ['"0"', foreign],
    ['"02"', foreign],
  ])('%s against version 3', (header, message) => {
    expect(told(header)).toBe(message);
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
