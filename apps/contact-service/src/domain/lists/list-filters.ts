import { type Contact, ContactSource } from '@contact-sync/domain';
import { foldName, foldText } from './fold-text.ts';

/** What a list is narrowed down to; every member that is given must hold. */
export type ListFilters = {
  readonly email?: string;
  readonly status?: NonNullable<Contact['status']>;
  readonly company?: string;
  readonly tag?: string;
  readonly source?: Contact['source'];
  /** Unix milliseconds; a contact that was updated then is in. */
  readonly updatedSince?: number;
  /** What the first, the last or the whole name begins with. */
  readonly q?: string;
};

/** The values that a contact is found by, each once; two of one kind are equal where a filter takes them for equal. */
export const filterValuesOf = (contact: Contact): string[] => [
  ...new Set([
    filterValue('email', contact.email),
    filterValue('source', contact.source),
    ...(contact.status === null ? [] : [filterValue('status', contact.status)]),
    ...(contact.company === null ? [] : [filterValue('company', contact.company)]),
    ...contact.tags.map((tag) => filterValue('tag', tag)),
  ]),
];

export const filterKinds = ['email', 'status', 'company', 'tag', 'source'] as const;

/** A value as one text with its kind, case folded. */
export const filterValue = (kind: (typeof filterKinds)[number], value: string): string =>
  `${kind}=${foldText(value)}`;

/** The values of which every contact has exactly one: together they hold all. */
export const valuesOfAll: readonly string[] = ContactSource.anyOf.map((source) =>
  filterValue('source', source.const),
);

/** The values that a list asks for. */
export const valuesAskedFor = (filters: ListFilters): string[] =>
  filterKinds.flatMap((kind) => {
    const value = filters[kind];
    return value === undefined ? [] : [filterValue(kind, value)];
  });

type Name = Pick<Contact, 'firstName' | 'lastName'>;

/** The names that a person is looked up by, folded: the whole one, which the first one begins, and the last one. */
export const searchNamesOf = ({ firstName, lastName }: Name): [whole: string, last: string] => {
  const last = foldName(lastName);
  return [`${foldName(firstName)} ${last}`, last];
};

/** Whether the filters that are no values, `q` and `updatedSince`, hold. */
export const matchesFacts = (
  facts: Name & Pick<Contact, 'updatedAt'>,
  { q, updatedSince }: ListFilters,
): boolean => {
  if (updatedSince !== undefined && Date.parse(facts.updatedAt) < updatedSince) return false;
  return q === undefined || searchNamesOf(facts).some((name) => name.startsWith(foldName(q)));
};

/** Whether a contact is one that the filters ask for. */
export const matches = (contact: Contact, filters: ListFilters): boolean => {
  if (!matchesFacts(contact, filters)) return false;
  const asked = valuesAskedFor(filters);
  if (asked.length === 0) return true;
  const values = filterValuesOf(contact);
  return asked.every((value) => values.includes(value));
};
