import { expect, test } from 'vitest';
import { readCommandLine } from './command-line.ts';

test('starts a system unless one is named or only help is asked for', () => {
  expect(readCommandLine(['all', '--json'], '/home/qa').startsSystem).toBe(true);
  for (const args of [['all', '--target', 'a.json'], ['all', '--target=a.json'], ['--help'], []])
    expect(readCommandLine(args, '/home/qa').startsSystem).toBe(false);
});

test('means paths where the command was called, and hands on the rest as it is', () => {
  const given = ['a+b', '--target', 'staging.json', '--junit=out/a.xml', '--seed', '1', '--target=/abs.json'];
  expect(readCommandLine(given, '/home/qa').args).toEqual([
    'a+b',
    '--target',
    '/home/qa/staging.json',
    '--junit=/home/qa/out/a.xml',
    '--seed',
    '1',
    '--target=/abs.json',
  ]);
});
