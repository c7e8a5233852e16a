export type PlainObject = Readonly<Record<string, unknown>>;

export const isPlainObject = (value: unknown): value is PlainObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether a value is a list or an object without members. */
export const isEmptyContainer = (value: unknown): boolean => {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.length === 0;
  for (const _ in value) return false;
  return true;
};

/** An own member; never one that every object inherits, as `constructor` is. */
export const ownMember = (from: unknown, name: string): unknown =>
  isPlainObject(from) && Object.hasOwn(from, name) ? from[name] : undefined;

/** The members whose names are wanted, in an object of their own. */
export const pickMembers = (from: PlainObject, wanted: (name: string) => boolean): PlainObject =>
  Object.fromEntries(Object.entries(from).filter(([name]) => wanted(name)));
