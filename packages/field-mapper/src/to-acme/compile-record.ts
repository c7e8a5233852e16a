import type { AcmeRecord, MappingResidue } from '@contact-sync/domain';
import { customFieldsMember } from '../definition/acme-path.ts';
import type { ResolvedPair } from '../definition/resolve-pair.ts';
import type { Problems } from '../problem.ts';
import type { ContactInput } from './contact-input.ts';
import { customFieldsWriter } from './custom-fields-writer.ts';
import { documentedMembers } from './documented-members.ts';
import { type Draft, settle, type Write } from './draft.ts';
import { type Target, targetsOf } from './target.ts';

/** What AcmeCRM would hold. `id` and `acme_version` are there if AcmeCRM has given them. */
export type OutgoingRecord = Readonly<Partial<AcmeRecord>>;

const customFields = (pairs: readonly ResolvedPair[], targets: readonly Target[]): Write => {
  const passes = targets.some(({ path }) => path.member === customFieldsMember && path.key === null);
  return passes ? customFieldsWriter(pairs) : () => {};
};

/** Single custom fields, and members that are not documented. */
const otherPlaces = (targets: readonly Target[]): Write => {
  const others = targets.filter(({ path }) => path.key !== null || path.family === 'any');
  return (contact, residue, draft, problems) => {
    for (const { path, keeps, read, gate } of others)
      if (!keeps(contact, residue as AcmeRecord))
        settle(draft, path, gate(read(contact, problems), problems));
  };
};

/** Compiles the way from a contact and what was kept beside it to AcmeCRM's record. */
export const compileRecord = (
  pairs: readonly ResolvedPair[],
  defaultCountry: string,
): ((contact: ContactInput, residue: MappingResidue, problems: Problems) => OutgoingRecord) => {
  const targets = targetsOf(pairs, defaultCountry);
  const writeCustomFields = customFields(pairs, targets);
  const writeDocumented = documentedMembers(targets);
  const writeOthers = otherPlaces(targets);
  return (contact, residue, problems) => {
    const draft: Draft = { ...residue };
    writeCustomFields(contact, residue, draft, problems);
    writeDocumented(contact, residue, draft, problems);
    writeOthers(contact, residue, draft, problems);
    return draft as OutgoingRecord;
  };
};
