import { escapePointer } from '@contact-sync/domain';
import { expect, test } from 'vitest';
import { pointerSteps } from './json-pointer.ts';

test.each([
  ['/title', ['title']],
  ['/customFields/a~1b~0c', ['customFields', 'a/b~c']],
  ['/x/~01', ['x', '~1']],
  ['/x/~00', ['x', '~0']],
  ['/ / ', [' ', ' ']],
])('%j has the steps %j', (pointer, steps) => {
  expect(pointerSteps(pointer)).toEqual(steps);
  expect(`/${steps.map(escapePointer).join('/')}`).toBe(pointer);
});

test.each(['', '/', 'title', '/a/', '//a', '/a/b/c', '/a~', '/a~2', '#/a'])(
  '%j is no pointer of one or two steps',
  (pointer) => {
    expect(pointerSteps(pointer)).toBeNull();
  },
);
