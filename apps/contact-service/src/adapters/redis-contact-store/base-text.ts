import {
  Address,
  type ContactFields,
  emptyContactFields,
  type Mirror,
  parseJson,
} from '@contact-sync/domain';

type Base = NonNullable<Mirror['base']>;
type Members = Readonly<Record<string, unknown>>;

const emptyAddress = Object.fromEntries(Object.keys(Address.properties).map((part) => [part, null]));

const isEmpty = (value: unknown): boolean => {
  if (typeof value !== 'object' || value === null) return value === null;
  if (Array.isArray(value)) return value.length === 0;
  for (const _member in value) return false;
  return true;
};

const fillWith = (left: Record<string, unknown>, members: Members): void => {
  for (const name in members) if (!isEmpty(members[name])) left[name] = members[name];
};

const toFilled = ({ address, ...fields }: ContactFields): Members => {
  const left: Record<string, unknown> = {};
  fillWith(left, fields);
  if (address) {
    const parts: Record<string, unknown> = {};
    fillWith(parts, address);
    left['address'] = parts;
  }
  return left;
};

// Written by toFilled from whole fields, so the required members are there.
const fromFilled = ({ address, ...fields }: Members): ContactFields => {
  const whole: Members = {
    ...emptyContactFields,
    ...fields,
    ...(address !== undefined && { address: { ...emptyAddress, ...(address as Members) } }),
  };
  return whole as ContactFields;
};

const isSame = (one: unknown, other: unknown): boolean =>
  one === other ||
  (typeof one === 'object' && typeof other === 'object' && JSON.stringify(one) === JSON.stringify(other));

/**
 * The base of a mirror as text: empty fields are left out, and of the residue, which mostly repeats the record, the
 * names alone where the record has the values.
 */
export const toBaseText = ({ mappingId, fields, residue }: Base, record: Members): string => {
  const repeated: string[] = [];
  const own: [string, unknown][] = [];
  for (const [name, value] of Object.entries(residue)) {
    if (Object.hasOwn(record, name) && isSame(record[name], value)) repeated.push(name);
    else own.push([name, value]);
  }
  return JSON.stringify([mappingId, toFilled(fields), repeated, own]);
};

/** The way back from {@link toBaseText}. The residue, and the record for it, are read when they are asked for. */
export const fromBaseText = (text: string, record: () => Members): Base => {
  const [mappingId, fields, repeated, own] = parseJson(text) as [
    string,
    Members,
    string[],
    [string, unknown][],
  ];
  let residue: Base['residue'] | undefined;
  return {
    mappingId,
    fields: fromFilled(fields),
    get residue() {
      residue ??= Object.fromEntries([...repeated.map((name) => [name, record()[name]] as const), ...own]);
      return residue;
    },
  };
};
