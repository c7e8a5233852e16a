import { canonicalNumber, isRawNumber } from './json/raw-number.ts';

/** Keys that JavaScript does not keep in the order of their coming, or that are not kept at all by a plain assignment. */
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

const usualDepth = 64;

/**
 * The value with its members in RFC 8785's order, less some of its own; undefined where an object of ours cannot keep
 * that order.
 */
const sorted = (value: unknown, leftOut = none, depth = 0): unknown => {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'object' || value === null) return value;
  if (depth > usualDepth) return undefined;
  if (isRawNumber(value)) return JSON.rawJSON(canonicalNumber(value));
  if (Array.isArray(value)) {
    const items: unknown[] = [];
    for (const item of value) {
      const inner = sorted(item, none, depth + 1);
      if (inner === undefined) return undefined;
      items.push(inner);
    }
    return items;
  }
  const copy: Record<string, unknown> = {};
  for (const member of sortMembers(Object.keys(value))) {
    if (leftOut.has(member)) continue;
    const inner = isUnsortable(member)
      ? undefined
      : sorted((value as Record<string, unknown>)[member], none, depth + 1);
    if (inner === undefined) return undefined;
    copy[member] = inner;
  }
  return copy;
};

const spelledScalar = (value: unknown): string | undefined => {
  if (typeof value === 'number') return Number.isFinite(value) ? JSON.stringify(value) : String(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return isRawNumber(value) ? canonicalNumber(value) : undefined;
};

/** What is still to be written: a text as it stands, or a value. */
type Part = { readonly text: string } | { readonly value: unknown };

const listParts = (items: readonly unknown[]): Part[] => [
  { text: '[' },
  ...items.flatMap((value, index) => [{ text: index === 0 ? '' : ',' }, { value }]),
  { text: ']' },
];

const objectParts = (value: object, leftOut: ReadonlySet<string>): Part[] => {
  const members = value as Readonly<Record<string, unknown>>;
  const said = Object.keys(members).filter((name) => members[name] !== undefined && !leftOut.has(name));
  const parts = sortMembers(said).flatMap((name, index) => [
    { text: `${index === 0 ? '' : ','}${JSON.stringify(name)}:` },
    { value: members[name] },
  ]);
  return [{ text: '{' }, ...parts, { text: '}' }];
};

/** The same text for what no object of ours can keep in order. Keeps its own stack: depth is no limit. */
const spelled = (root: unknown, leftOutOfRoot: ReadonlySet<string>): string => {
  const texts: string[] = [];
  const open: Part[] = [{ value: root }];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    const text = 'text' in part ? part.text : spelledScalar(part.value);
    if (text !== undefined) texts.push(text);
    else if ('value' in part) {
      const { value } = part;
      const parts = Array.isArray(value)
        ? listParts(value)
        : objectParts(Object(value), value === root ? leftOutOfRoot : none);
      for (const next of parts.reverse()) open.push(next);
    }
  }
  return texts.join('');
};

/**
 * The RFC 8785 text of a JSON value as we read it: strings and numbers are spelled there as JSON.stringify does, so only
 * the order of members is to be made. What RFC 8785 leaves without a text gets one of our own, so that no JSON throws here
 * and different values differ: a lone surrogate its escape, a number that no double holds its digits and exponent.
 * Members of an object that are `leftOut`, of its own and not of those in it, are as if they were not there.
 */
export const canonicalJson = (value: unknown, leftOut: ReadonlySet<string> = none): string => {
  const copy = sorted(value, leftOut);
  return copy === undefined ? spelled(value, leftOut) : JSON.stringify(copy);
};
