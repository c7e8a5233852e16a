import { expect, test } from 'vitest';
import { jsonBreak } from './json-break.ts';

test.each([
  ['', 1, 1],
  ['{', 1, 2],
  ['{"version": s3cret}', 1, 13],
  ['{\n  "a": 1,\n}', 3, 1],
  ['{\n  "a" 1\n}', 2, 7],
  ['[1, 2 3]', 1, 7],
  ['[01]', 1, 3],
  ['["a\nb"]', 1, 4],
  ['["\\x"]', 1, 4],
  ['// words', 1, 1],
  ['{"a": tru', 1, 10],
  ['{"a": 1} {', 1, 10],
])('%j breaks in line %i, column %i', (text, line, column) => {
  expect(() => JSON.parse(text)).toThrow();
  expect(jsonBreak(text)).toEqual({ line, column });
});
