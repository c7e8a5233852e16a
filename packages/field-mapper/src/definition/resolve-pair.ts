import { type AcmePath, acmePath } from './acme-path.ts';
import { type ContactPath, contactPath } from './contact-path.ts';
import type { DefinitionFault, DefinitionFaultCode } from './definition-fault.ts';
import type { FieldPair } from './field-pair.ts';

/** A pair whose paths have been read. */
export type ResolvedPair = {
  readonly pair: FieldPair;
  readonly acme: readonly AcmePath[];
  readonly contact: readonly ContactPath[];
  /** Where the pair stands in its definition. */
  readonly place: string;
};

export const readsAcme = (pair: FieldPair): boolean => pair.direction !== 'toAcme';
export const writesAcme = (pair: FieldPair): boolean => pair.direction !== 'toContact';

const details: { readonly [Code in DefinitionFaultCode]?: string } = {
  INVALID_POINTER: 'is not a JSON pointer of one or two steps',
  UNKNOWN_ACME_FIELD: "is no member of AcmeCRM's contact and not declared in members",
  UNKNOWN_CONTACT_FIELD: 'is no field of a contact',
};

/** Where one path of a side stands: `…/acme` for the only one, `…/acme/1` for one of several. */
export const placeOfPath = (resolved: ResolvedPair, side: 'acme' | 'contact', index: number): string =>
  resolved.pair[side].length > 1 ? `${resolved.place}/${side}/${index}` : `${resolved.place}/${side}`;

/** Reads a pair's paths; each that names nothing is a fault, and then there is no resolved pair. */
export const resolvePair = (
  pair: FieldPair,
  place: string,
  declared: ReadonlySet<string>,
): { readonly resolved: ResolvedPair; readonly faults: readonly DefinitionFault[] } => {
  const faults: DefinitionFault[] = [];
  const acme: AcmePath[] = [];
  const contact: ContactPath[] = [];
  const resolved: ResolvedPair = { pair, acme, contact, place };
  const keep = <Path>(path: Path | DefinitionFaultCode, into: Path[], at: string): void => {
    if (typeof path === 'string')
      faults.push({
        pointer: at,
        code: path as DefinitionFaultCode,
        detail: details[path as DefinitionFaultCode] ?? '',
      });
    else into.push(path);
  };
  pair.acme.forEach((pointer, index) => {
    keep(acmePath(pointer, declared), acme, placeOfPath(resolved, 'acme', index));
  });
  pair.contact.forEach((pointer, index) => {
    keep(contactPath(pointer), contact, placeOfPath(resolved, 'contact', index));
  });
  return { resolved, faults };
};
