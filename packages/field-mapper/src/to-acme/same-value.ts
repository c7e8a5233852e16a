import { isPlainObject, type PlainObject } from '../plain-object.ts';

const covers = (a: PlainObject, b: PlainObject): boolean => {
  for (const name in a) if ((a[name] ?? null) !== (b[name] ?? null)) return false;
  return true;
};

/** Whether two values of a contact field are equal. Null and missing are; lists and objects are compared one deep. */
export const sameValue = (a: unknown, b: unknown): boolean => {
  if (a === b || (a ?? null) === (b ?? null)) return true;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, index) => item === b[index]);
  return isPlainObject(a) && isPlainObject(b) && covers(a, b) && covers(b, a);
};
