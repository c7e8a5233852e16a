import { escapePointer } from '@contact-sync/domain';
import { customFieldsMember } from '../definition/acme-path.ts';
import type { ResolvedPair } from '../definition/resolve-pair.ts';
import { customFieldsGate } from '../gates/custom-fields-gate.ts';
import { isEmptyContainer, isPlainObject, pickMembers } from '../plain-object.ts';
import { type Problems, report } from '../problem.ts';
import { acmeNames, contactNames, takenNames } from '../taken-names.ts';
import type { Write } from './draft.ts';

const pointer = '/customFields';

/** Reports custom fields of ours whose name AcmeCRM has for something else: they have no place to go. */
const blockedReporter = (pairs: readonly ResolvedPair[]): ((fields: unknown, problems: Problems) => void) => {
  const ours = contactNames(pairs);
  const blocked = [...acmeNames(pairs)].filter((name) => !ours.has(name));
  return (fields, problems) => {
    if (!isPlainObject(fields)) return;
    for (const name of blocked)
      if (Object.hasOwn(fields, name))
        report(problems, `${pointer}/${escapePointer(name)}`, 'NAME_TAKEN', fields[name]);
  };
};

/** Compiles the way back of the custom fields that no pair names, beside those of AcmeCRM that pairs do name. */
export const customFieldsWriter = (pairs: readonly ResolvedPair[]): Write => {
  const taken = takenNames(pairs);
  const reportBlocked = blockedReporter(pairs);
  const passing = customFieldsGate(pointer, taken);
  return (contact, residue, draft, problems) => {
    const held = residue[customFieldsMember];
    let fields: Readonly<Record<string, unknown>> = passing(contact.customFields, problems);
    if (taken.size > 0) {
      reportBlocked(contact.customFields, problems);
      if (isPlainObject(held)) fields = { ...fields, ...pickMembers(held, (name) => taken.has(name)) };
    }
    if (!isEmptyContainer(fields)) draft[customFieldsMember] = fields;
    else if (held !== undefined && !isEmptyContainer(held)) delete draft[customFieldsMember];
  };
};
