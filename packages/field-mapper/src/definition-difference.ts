import { isDeepStrictEqual } from 'node:util';
import type { EffectiveDefinition } from './compiled-mapping.ts';
import type { FieldPair } from './definition/field-pair.ts';

/** What differs between two mappings. Pairs of the same places are one pair that was changed. */
export type DefinitionDifference = {
  readonly removed: readonly FieldPair[];
  readonly added: readonly FieldPair[];
  readonly changed: readonly { readonly from: FieldPair; readonly to: FieldPair }[];
  /** Members of the whole: default country, declared members, edition of the transforms. */
  readonly settings: readonly { readonly name: string; readonly from: unknown; readonly to: unknown }[];
};

const placesOf = ({ acme, contact }: FieldPair): string => JSON.stringify([acme, contact]);

const byPlaces = ({ pairs }: EffectiveDefinition): Map<string, FieldPair> =>
  new Map(pairs.map((pair) => [placesOf(pair), pair]));

/** What makes one mapping into the other; both in effect as they are kept. Pure. */
export const definitionDifference = (
  from: EffectiveDefinition,
  to: EffectiveDefinition,
): DefinitionDifference => {
  const [before, after] = [byPlaces(from), byPlaces(to)];
  const [{ pairs: _, ...wholeBefore }, { pairs: __, ...wholeAfter }] = [from, to];
  const names = new Set([...Object.keys(wholeBefore), ...Object.keys(wholeAfter)]);
  const settings = [...names].map((name) => ({
    name,
    from: (wholeBefore as Record<string, unknown>)[name] ?? null,
    to: (wholeAfter as Record<string, unknown>)[name] ?? null,
  }));
  return {
    removed: [...before].flatMap(([places, pair]) => (after.has(places) ? [] : [pair])),
    added: [...after].flatMap(([places, pair]) => (before.has(places) ? [] : [pair])),
    changed: [...before].flatMap(([places, pair]) => {
      const next = after.get(places);
      return next === undefined || isDeepStrictEqual(pair, next) ? [] : [{ from: pair, to: next }];
    }),
    settings: settings.filter((one) => !isDeepStrictEqual(one.from, one.to)),
  };
};
