import { escapePointer, validatorOf } from '@contact-sync/domain';
import type { TSchema } from 'typebox';
import type { DefinitionFault } from './definition-fault.ts';
import type { Transform } from './field-pair.ts';
import type { ResolvedPair } from './resolve-pair.ts';

const wrongValue = (pointer: string, side: string): DefinitionFault => ({
  pointer,
  code: 'WRONG_VALUE',
  detail: `is no value that the ${side} field may hold`,
});

type Side = { readonly name: string; readonly schemas: readonly TSchema[] };

const refusedBy = (side: Side, value: unknown): boolean =>
  side.schemas.some((schema) => !validatorOf(schema, 'first')(value));

const tableFaults = (
  table: Extract<Transform, { kind: 'table' }>,
  place: string,
  acme: Side,
  contact: Side,
): DefinitionFault[] => {
  const entries = Object.entries(table.entries).flatMap(([theirs, ours]) => {
    const at = `${place}/entries/${escapePointer(theirs)}`;
    return [
      ...(refusedBy(acme, theirs) ? [wrongValue(at, acme.name)] : []),
      ...(refusedBy(contact, ours) ? [wrongValue(at, contact.name)] : []),
    ];
  });
  const stray = table.otherwise !== undefined && refusedBy(contact, table.otherwise);
  return stray ? [...entries, wrongValue(`${place}/otherwise`, contact.name)] : entries;
};

const defaultFaults = ({ pair, contact, place }: ResolvedPair, side: Side): DefinitionFault[] => {
  if (pair.default === undefined) return [];
  const at = `${place}/default`;
  const usable =
    pair.contact.length === 1 && pair.direction !== 'toAcme' && pair.transform.kind !== 'constant';
  if (!usable || contact.some((path) => path.family === 'date'))
    return [
      { pointer: at, code: 'WRONG_VALUE', detail: 'only a pair that fills one contact field has a default' },
    ];
  return refusedBy(side, pair.default) ? [wrongValue(at, side.name)] : [];
};

/** The values that a pair writes down itself and that its fields would refuse. */
export const valueFaults = (resolved: ResolvedPair): readonly DefinitionFault[] => {
  const { pair, place } = resolved;
  const acme: Side = { name: 'acme', schemas: resolved.acme.map((path) => path.schema) };
  const contact: Side = { name: 'contact', schemas: resolved.contact.map((path) => path.schema) };
  const { transform } = pair;
  const faults = defaultFaults(resolved, contact);
  if (transform.kind === 'table') faults.push(...tableFaults(transform, `${place}/transform`, acme, contact));
  if (transform.kind === 'constant')
    for (const side of [acme, contact])
      if (refusedBy(side, transform.value)) faults.push(wrongValue(`${place}/transform/value`, side.name));
  return faults;
};
