import {
  Address,
  type ContactFields,
  emptyContactFields,
  type MappingResidue,
  parseJson,
} from '@contact-sync/domain';

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

/** A base's fields as text: empty ones are left out. */
export const toFieldsText = ({ address, ...fields }: ContactFields): string => {
  const left: Record<string, unknown> = {};
  fillWith(left, fields);
  if (address) {
    const parts: Record<string, unknown> = {};
    fillWith(parts, address);
    left['address'] = parts;
  }
  return JSON.stringify(left);
};

/** The way back from {@link toFieldsText}. */
export const fromFieldsText = (text: string): ContactFields => {
  const { address, ...fields } = parseJson(text) as Members;
  const whole: Members = {
    ...emptyContactFields,
    ...fields,
    ...(address !== undefined && { address: { ...emptyAddress, ...(address as Members) } }),
  };
  // Written from whole fields, so the required members are there.
  return whole as ContactFields;
};

const isSame = (one: unknown, other: unknown): boolean =>
  one === other ||
  (typeof one === 'object' && typeof other === 'object' && JSON.stringify(one) === JSON.stringify(other));

/**
 * A base's residue as text. It mostly repeats the record: where the record has the value, the member's name is all that
 * is written.
 */
export const toResidueText = (residue: MappingResidue, record: Members): string => {
  const repeated: string[] = [];
  const own: [string, unknown][] = [];
  for (const [name, value] of Object.entries(residue)) {
    if (Object.hasOwn(record, name) && isSame(record[name], value)) repeated.push(name);
    else own.push([name, value]);
  }
  return JSON.stringify([repeated, own]);
};

/** The way back from {@link toResidueText}, by the record that it was written with. */
export const fromResidueText = (text: string, record: Members): MappingResidue => {
  const [repeated, own] = parseJson(text) as [repeated: string[], own: [string, unknown][]];
  // fromEntries makes own members only, whatever they are called.
  return Object.fromEntries([...repeated.map((name) => [name, record[name]] as const), ...own]);
};
