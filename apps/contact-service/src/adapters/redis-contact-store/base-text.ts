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
 * The base of a mirror as text, its mapping aside: empty fields are left out, and of the residue, which mostly repeats the
 * record, the names alone where the record has the values.
 */
export const toBaseText = ({ fields, residue }: Base, record: Members): string => {
  const repeated: string[] = [];
  const own: [string, unknown][] = [];
  for (const [name, value] of Object.entries(residue)) {
    if (Object.hasOwn(record, name) && isSame(record[name], value)) repeated.push(name);
    else own.push([name, value]);
  }
  return JSON.stringify([toFilled(fields), repeated, own]);
};

type Parts = [fields: Members, repeated: string[], own: [string, unknown][]];

const residueOf = ([, repeated, own]: Parts, readRecord: () => Members | null): Base['residue'] => {
  const record = repeated.length === 0 ? null : readRecord();
  return Object.fromEntries([...repeated.map((name) => [name, record?.[name]] as const), ...own]);
};

/** The way back from {@link toBaseText}. Fields, residue, and the record for it, are read when they are asked for. */
export const lazyBase = (mappingId: string, text: string, readRecord: () => Members | null): Base => {
  let [parts, fields, residue]: [Parts?, Base['fields']?, Base['residue']?] = [];
  return {
    mappingId,
    get fields() {
      parts ??= parseJson(text) as Parts;
      fields ??= fromFilled(parts[0]);
      return fields;
    },
    get residue() {
      parts ??= parseJson(text) as Parts;
      residue ??= residueOf(parts, readRecord);
      return residue;
    },
  };
};
