import { expect, test } from 'vitest';
import { withoutGuards } from './without-guards.ts';

const keys = ['feed', 'changes', 'cs:contact:c1'];

test('a replay numbers and writes as the call did, whatever was there', () => {
  const args = ['server', 'seed', 'member', '1', '3', 'version', '7', 'HSET', '3', '2', 'version', '8'];
  expect(withoutGuards({ sha: 'abc', keys, args })).toEqual([
    'abc',
    3,
    ...keys,
    ...['server', 'seed', 'member', '0', 'HSET', '3', '2', 'version', '8'],
  ]);
});

test('a call of another form is no write to replay', () => {
  expect(() => withoutGuards({ sha: 'abc', keys, args: ['1', '3', 'version', 'HSET'] })).toThrow('guards');
});
