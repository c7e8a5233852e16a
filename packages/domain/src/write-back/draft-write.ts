import { type Contact, fieldsOfContact } from '../contact.ts';
import { slotsOf, slotValue } from '../field-slots.ts';
import type { HeldMirror } from '../mirror.ts';
import { isDeleted } from '../stored-contact.ts';
import { differencesOf } from './differences.ts';
import { writable } from './merge-patch.ts';
import type { PlanInput } from './plan-write-back.ts';
import type { NothingToWrite } from './planned-write.ts';
import type { TwoWayMapping } from './two-way-mapping.ts';
import type { Sent, WriteHold } from './write-back.ts';

/** A write that is to be made, without what makes it one of its own. */
export type WriteDraft = Pick<Sent, 'kind' | 'ifVersion' | 'members' | 'slots'>;

/** The member by which AcmeCRM's record names the contact that it was made of; unique there. */
const externalId = 'acme_external_id';

const createOf = (contact: Contact, mapping: TwoWayMapping): WriteDraft | WriteHold => {
  const fields = fieldsOfContact(contact);
  const { record, problems } = mapping.toAcme(fields, {});
  const [problem] = problems;
  if (problem) return unmappable(contact, problem.pointer);
  return {
    kind: 'create',
    ifVersion: null,
    members: { ...writable(record), [externalId]: contact.id },
    slots: Object.fromEntries(slotsOf(fields).map((slot) => [slot, slotValue(fields, slot)])),
  };
};

const unmappable = ({ version }: Contact, pointer: string): WriteHold => ({
  why: 'unmappable',
  version,
  code: 'MAPPING_FAILED',
  pointer,
});

const patchOf = (
  contact: Contact,
  mirror: HeldMirror,
  mapping: TwoWayMapping,
  unsure: Sent | null,
): WriteDraft | WriteHold | NothingToWrite => {
  // Nearly every change is AcmeCRM's own: the contact is its base then, and the record need not be read.
  if (mirror.untouchedVersion === contact.version && unsure === null) return 'agreed';
  const taken = mirror.taken();
  if (taken === null) return 'agreed';
  const { slots, changes, problem } = differencesOf(fieldsOfContact(contact), taken, mapping, unsure);
  if (problem) return unmappable(contact, problem.pointer);
  if (Object.keys(changes).length === 0) return 'agreed';
  return { kind: 'patch', ifVersion: mirror.sourceVersion, members: changes, slots };
};

/** What a contact, as it is held, is to become in AcmeCRM; or why nothing is, or cannot be, written. */
export const draftOf = (contact: Contact, input: PlanInput): WriteDraft | WriteHold | NothingToWrite => {
  const { holding, mapping, deletes } = input;
  const { mirror, writeBack } = holding;
  if (isDeleted(contact)) {
    if (mirror === null || mirror.deleted) return 'agreed';
    if (!deletes) return 'deletes-off';
    return { kind: 'delete', ifVersion: mirror.sourceVersion, members: {}, slots: {} };
  }
  if (mirror?.deleted) return 'deleted-there';
  if (mirror === null) return contact.source === 'api' ? createOf(contact, mapping) : 'unknown';
  const sent = writeBack?.sent ?? null;
  return patchOf(contact, mirror, mapping, sent?.kind === 'patch' ? sent : null);
};
