import type { ContactFieldName } from '@contact-sync/domain';
import { acmePathsOverlap } from './acme-path.ts';
import { contactPathsOverlap } from './contact-path.ts';
import type { DefinitionFault } from './definition-fault.ts';
import { placeOfPath, type ResolvedPair, readsAcme, writesAcme } from './resolve-pair.ts';

type Target<Path> = { readonly path: Path; readonly at: string; readonly owner: ResolvedPair };

const targets = <Path>(
  pairs: readonly ResolvedPair[],
  side: 'acme' | 'contact',
  pathsOf: (pair: ResolvedPair) => readonly Path[],
): Target<Path>[] =>
  pairs.flatMap((owner) =>
    pathsOf(owner).map((path, index) => ({ path, at: placeOfPath(owner, side, index), owner })),
  );

const clashes = <Path>(
  all: readonly Target<Path>[],
  overlap: (a: Path, b: Path) => boolean,
): DefinitionFault[] =>
  all.flatMap((later, index) => {
    const earlier = all
      .slice(0, index)
      .find((other) => other.owner !== later.owner && overlap(other.path, later.path));
    return earlier
      ? [{ pointer: later.at, code: 'DUPLICATE_TARGET' as const, detail: `${earlier.at} writes it already` }]
      : [];
  });

/** Two pairs that write one place, on either side. */
export const duplicateTargets = (pairs: readonly ResolvedPair[]): readonly DefinitionFault[] => [
  ...clashes(
    targets(pairs, 'contact', (resolved) => (readsAcme(resolved.pair) ? resolved.contact : [])),
    contactPathsOverlap,
  ),
  ...clashes(
    targets(pairs, 'acme', (resolved) => (writesAcme(resolved.pair) ? resolved.acme : [])),
    acmePathsOverlap,
  ),
];

/** The address merges as one field (design rule 4), so all that fill a part of it must have one owner. */
const mixedOwners = (pairs: readonly ResolvedPair[]): readonly DefinitionFault[] => {
  const filling = pairs.filter(({ contact }) => contact.some((path) => path.field === 'address'));
  return filling.slice(1).flatMap((resolved) =>
    resolved.pair.owner === filling[0]?.pair.owner
      ? []
      : [
          {
            pointer: `${resolved.place}/owner`,
            code: 'MIXED_OWNERS' as const,
            detail: `the address merges as one field and ${filling[0]?.place} gives it another owner`,
          },
        ],
  );
};

const requiredFields: readonly ContactFieldName[] = ['firstName', 'lastName', 'email'];

const unmapped = (pairs: readonly ResolvedPair[]): readonly DefinitionFault[] => {
  const filled = new Set(
    pairs.flatMap(({ pair, contact }) => (readsAcme(pair) ? contact.map((path) => path.field) : [])),
  );
  return requiredFields
    .filter((field) => !filled.has(field))
    .map((field) => ({
      pointer: '/pairs',
      code: 'REQUIRED_UNMAPPED',
      detail: `nothing fills the required field /${field}`,
    }));
};

/** What is wrong with all pairs taken together, once none of them writes what another writes. */
export const wholeFaults = (pairs: readonly ResolvedPair[]): readonly DefinitionFault[] => [
  ...mixedOwners(pairs),
  ...unmapped(pairs),
];
