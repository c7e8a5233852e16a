import { isDeepStrictEqual } from 'node:util';
import { acmeContactMembers } from '@contact-sync/domain';
import { expect } from 'vitest';

type View = Readonly<Record<string, unknown>>;

/**
 * Without documented members that are null (null and missing mean the same there), and without what the README's
 * example writes as a constant.
 */
export const canonical = (record: View): View =>
  Object.fromEntries(
    Object.entries(record).filter(
      ([member, value]) => member !== 'acme_synced_by' && (value !== null || !acmeContactMembers.has(member)),
    ),
  );

/** The value at a pointer; null, missing and empty lists and objects are one. */
export const valueAt = (record: object, pointer: string): unknown => {
  let value: unknown = record;
  for (const step of pointer.slice(1).split('/')) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    value =
      typeof value === 'object' && value !== null && Object.hasOwn(value, name)
        ? Reflect.get(value, name)
        : null;
  }
  const empty = typeof value === 'object' && value !== null && Object.keys(value).length === 0;
  return empty ? null : (value ?? null);
};

/** Equal to the last own member, one called `__proto__` included, which the test runner's own comparison skips. */
export const expectSame = (actual: unknown, expected: unknown): void => {
  if (!isDeepStrictEqual(actual, expected)) {
    expect(actual).toStrictEqual(expected);
    expect(JSON.stringify(actual)).toBe(JSON.stringify(expected));
  }
};
