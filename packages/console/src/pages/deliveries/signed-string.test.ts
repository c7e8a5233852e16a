import { expect, it } from 'vitest';
import { signedString } from './signed-string.ts';

it('is the whole second of the attempt, a full stop, and the body as it is', () => {
  expect(signedString('2026-11-24T09:30:00.999Z', '{ }\n')).toBe('1795512600.{ }\n');
});
