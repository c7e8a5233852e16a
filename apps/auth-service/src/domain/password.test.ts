import { expect, it } from 'vitest';
import { preparePassword, readingsOfPassword } from './password.ts';

it.each([
  ['correct horse', 'correct horse'],
  ['caffe\u0300', 'caff\u00e8'],
  ['correct\u00a0horse\u3000battery', 'correct horse battery'],
  ['\u212bngstro\u0308m', '\u00c5ngstr\u00f6m'],
  ['Pass\ufb01', 'Pass\ufb01'],
  [' PaSS ', ' PaSS '],
])('keeps %j as %j', (typed, kept) => {
  expect(preparePassword(typed)).toBe(kept);
});

it('reads a typed password as prepared first, then as it is, and once where that is the same', () => {
  expect(readingsOfPassword('caffe\u0300')).toEqual(['caff\u00e8', 'caffe\u0300']);
  expect(readingsOfPassword('correct horse')).toEqual(['correct horse']);
});
