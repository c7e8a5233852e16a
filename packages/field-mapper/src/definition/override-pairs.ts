import { acmePathsOverlap } from './acme-path.ts';
import { contactPathsOverlap } from './contact-path.ts';
import { type ResolvedPair, readsAcme, writesAcme } from './resolve-pair.ts';

const replaces = (own: ResolvedPair, base: ResolvedPair): boolean =>
  (readsAcme(own.pair) &&
    own.contact.some((path) => base.contact.some((other) => contactPathsOverlap(path, other)))) ||
  (writesAcme(own.pair) && own.acme.some((path) => base.acme.some((other) => acmePathsOverlap(path, other))));

/** The base without the pairs that write a place which one of `own` writes, and then `own`. */
export const overridePairs = (
  base: readonly ResolvedPair[],
  own: readonly ResolvedPair[],
): readonly ResolvedPair[] => [
  ...base.filter((pair) => !own.some((replacement) => replaces(replacement, pair))),
  ...own,
];
