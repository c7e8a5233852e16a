import canonicalize from 'canonicalize';

/** Outside RFC 8785: can never be the beginning of a JSON text, so the two spellings never meet. */
const oddMark = '~';

/** Strings as ASCII-safe JSON text, non-finite numbers by name; injective. Keeps its own stack: depth is no limit. */
const spelledOut = (root: unknown): unknown => {
  const open: { source: object; copy: object }[] = [];
  const copyOf = (value: unknown): unknown => {
    if (typeof value === 'string') return JSON.stringify(value);
    if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
    if (value === null || typeof value !== 'object') return value;
    const copy = Array.isArray(value) ? [] : {};
    open.push({ source: value, copy });
    return copy;
  };
  const result = copyOf(root);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const isList = Array.isArray(next.source);
    for (const [key, value] of Object.entries(next.source)) {
      Reflect.set(next.copy, isList ? key : JSON.stringify(key), copyOf(value));
    }
  }
  return result;
};

/** Keys that JavaScript does not keep in the order of their coming, or that are not kept at all. */
const unsortable = /^(?:\d+|__proto__)$/;

/** Names rarely begin like one of those, which is quicker to see than that they are none. */
const isUnsortable = (member: string): boolean => {
  const first = member.charCodeAt(0);
  return (first === 0x5f || (first >= 0x30 && first <= 0x39)) && unsortable.test(member);
};

const few = 32;

/** Sorts by UTF-16 code units, in place. A record has few members, for which a sort of the engine's costs twice this. */
const sortMembers = (members: string[]): string[] => {
  if (members.length > few) return members.sort();
  for (let next = 1; next < members.length; next += 1) {
    const member = members[next] as string;
    let place = next;
    for (; place > 0 && (members[place - 1] as string) > member; place -= 1) {
      members[place] = members[place - 1] as string;
    }
    members[place] = member;
  }
  return members;
};

const none: ReadonlySet<string> = new Set();

/**
 * The value with its members in RFC 8785's order, less some of its own; undefined where an object of ours cannot keep
 * that order.
 */
const sorted = (value: unknown, leftOut = none): unknown => {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((item) => sorted(item));
    return items.includes(undefined) ? undefined : items;
  }
  const copy: Record<string, unknown> = {};
  for (const member of sortMembers(Object.keys(value))) {
    if (leftOut.has(member)) continue;
    const inner = isUnsortable(member) ? undefined : sorted((value as Record<string, unknown>)[member]);
    if (inner === undefined) return undefined;
    copy[member] = inner;
  }
  return copy;
};

/**
 * What nearly every record is, at half the library's cost: RFC 8785 spells strings and numbers as JSON.stringify does,
 * so only the order of members is to be made. Undefined where that is not all.
 */
const spelledBySorting = (value: unknown, leftOut: ReadonlySet<string>): string | undefined => {
  const copy = sorted(value, leftOut);
  const text = copy === undefined ? undefined : JSON.stringify(copy);
  // An escaped surrogate is a lone one, which RFC 8785 does not spell.
  return text?.includes('\\ud') ? undefined : text;
};

const without = (value: unknown, leftOut: ReadonlySet<string>): unknown =>
  leftOut.size === 0
    ? value
    : Object.fromEntries(Object.entries(Object(value)).filter(([member]) => !leftOut.has(member)));

/**
 * The RFC 8785 text of a parsed JSON value. What RFC 8785 leaves without a text (a lone surrogate, a number that
 * `JSON.parse` turned into Infinity) gets one of our own, so that no JSON throws here and different values differ.
 * Members of an object that are `leftOut`, of its own and not of those in it, are as if they were not there.
 */
export const canonicalJson = (value: unknown, leftOut: ReadonlySet<string> = none): string => {
  try {
    return spelledBySorting(value, leftOut) ?? canonicalize(without(value, leftOut)) ?? 'null';
  } catch {
    return `${oddMark}${canonicalize(spelledOut(without(value, leftOut)))}`;
  }
};
