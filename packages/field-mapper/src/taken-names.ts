import { customFieldsMember } from './definition/acme-path.ts';
import type { ResolvedPair } from './definition/resolve-pair.ts';

/** Custom fields of AcmeCRM that a pair names. */
export const acmeNames = (pairs: readonly ResolvedPair[]): ReadonlySet<string> =>
  new Set(
    pairs.flatMap(({ acme }) =>
      acme.flatMap(({ member, key }) => (member === customFieldsMember && key !== null ? [key] : [])),
    ),
  );

/** Custom fields of the contact that a pair names. */
export const contactNames = (pairs: readonly ResolvedPair[]): ReadonlySet<string> =>
  new Set(
    pairs.flatMap(({ contact }) =>
      contact.flatMap(({ field, key }) => (field === 'customFields' && key !== null ? [key] : [])),
    ),
  );

/** Names that a pair uses on either side: they are that pair's alone and do not pass through. */
export const takenNames = (pairs: readonly ResolvedPair[]): ReadonlySet<string> =>
  new Set([...acmeNames(pairs), ...contactNames(pairs)]);
