import { isSupportedCountry } from 'libphonenumber-js';
import { type DefinitionFault, InvalidMapping } from './definition-fault.ts';
import { duplicateTargets, wholeFaults } from './definition-faults.ts';
import type { FieldPair, MappingDefinition } from './field-pair.ts';
import { overridePairs } from './override-pairs.ts';
import { pairFaults } from './pair-faults.ts';
import { type ResolvedPair, resolvePair } from './resolve-pair.ts';

/** A pair of a definition with its place; null where its shape was refused already. */
export type PlacedPair = { readonly place: string; readonly pair: FieldPair };

export const placed = (pairs: readonly FieldPair[]): readonly PlacedPair[] =>
  pairs.map((pair, index) => ({ place: `/pairs/${index}`, pair }));

const countryFaults = (country: string): readonly DefinitionFault[] =>
  isSupportedCountry(country)
    ? []
    : [
        {
          pointer: '',
          code: 'UNKNOWN_COUNTRY',
          detail: 'the default country is no ISO 3166 code that has phones',
        },
      ];

type Sources = {
  readonly base: readonly FieldPair[];
  readonly own: readonly PlacedPair[];
  readonly members: readonly string[];
  readonly defaultCountry: string;
  /** Faults that were found before, while the shape was read. */
  readonly faults: readonly DefinitionFault[];
};

export type ReadDefinition = {
  readonly definition: MappingDefinition;
  readonly pairs: readonly ResolvedPair[];
};

/** The base with `own` laid over it. Throws {@link InvalidMapping} with every fault of `own` and of the whole. */
export const readDefinition = (sources: Sources): ReadDefinition => {
  const declared = new Set(sources.members);
  const faults: DefinitionFault[] = [...sources.faults, ...countryFaults(sources.defaultCountry)];
  const own: ResolvedPair[] = [];
  for (const { pair, place } of sources.own) {
    const { resolved, faults: pathFaults } = resolvePair(pair, place, declared);
    own.push(resolved);
    faults.push(...pathFaults, ...pairFaults(resolved));
  }
  const base = placed(sources.base).map(({ pair, place }) => resolvePair(pair, place, declared).resolved);
  const pairs = overridePairs(base, own);
  faults.push(...duplicateTargets(own), ...wholeFaults(pairs));
  if (faults.length > 0) throw new InvalidMapping(faults);
  return { definition: { members: [...declared].sort(), pairs: pairs.map(({ pair }) => pair) }, pairs };
};
