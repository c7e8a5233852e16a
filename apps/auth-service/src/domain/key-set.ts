import type { PublicJwk } from '@contact-sync/api-contracts';
import type { SigningKey } from './signing-keys.ts';

/** Keys of which the first signs and all are published. */
export type KeySet = readonly [SigningKey, ...SigningKey[]];

/** The keys as they are now. */
export type CurrentKeys = { readonly get: () => KeySet };

export const publishedOf = (keys: KeySet): readonly PublicJwk[] => keys.map(({ publicJwk }) => publicJwk);

export type KeySetChange = { readonly added: readonly string[]; readonly withdrawn: readonly string[] };

/** Which key ids come and go from one set to the next. */
export const changeOfKeys = (before: KeySet, after: KeySet): KeySetChange => {
  const [old, fresh] = [before, after].map((keys) => publishedOf(keys).map(({ kid }) => kid)) as [
    string[],
    string[],
  ];
  return {
    added: fresh.filter((kid) => !old.includes(kid)),
    withdrawn: old.filter((kid) => !fresh.includes(kid)),
  };
};

/** The ids that stand for another key than before: whoever has cached the old one would refuse what the new one signs. */
export const reusedIds = (before: KeySet, after: KeySet): readonly string[] => {
  const known = new Map(publishedOf(before).map((jwk) => [jwk.kid, jwk.x]));
  return publishedOf(after)
    .filter(({ kid, x }) => known.has(kid) && known.get(kid) !== x)
    .map(({ kid }) => kid);
};
