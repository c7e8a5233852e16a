import type { AcmeRecord } from '@contact-sync/domain';
import type { ContactPath } from '../definition/contact-path.ts';
import { type ResolvedPair, readsAcme } from '../definition/resolve-pair.ts';
import type { Pull } from '../pull.ts';
import { acmePullOf } from './acme-pull.ts';

/** What fills a place in the contact, and the place in the record that its problems name. */
export type Feed = { readonly pull: Pull<AcmeRecord>; readonly pointer: string };

const nothing: Feed = { pull: () => null, pointer: '' };

export type FilledFields = {
  /** What fills a field as a whole; nothing where no pair does. */
  readonly whole: (field: ContactPath['field']) => Feed;
  /** What fills single custom fields, or single parts of the address. */
  readonly keyed: (field: ContactPath['field']) => readonly (Feed & { readonly key: string })[];
};

/** Compiles the reading side of the pairs, by the contact's field that they fill. */
export const filledFields = (pairs: readonly ResolvedPair[], defaultCountry: string): FilledFields => {
  const filled = pairs
    .filter(({ pair }) => readsAcme(pair))
    .flatMap((resolved) =>
      resolved.contact.map(({ field, key }, index) => ({
        field,
        key,
        feed: { pull: acmePullOf(resolved, index, defaultCountry), pointer: resolved.acme[0]?.pointer ?? '' },
      })),
    );
  return {
    whole: (field) => filled.find((one) => one.field === field && one.key === null)?.feed ?? nothing,
    keyed: (field) =>
      filled.flatMap(({ feed, key, ...one }) =>
        one.field === field && key !== null ? [{ ...feed, key }] : [],
      ),
  };
};
