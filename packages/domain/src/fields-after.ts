import type { Arrival } from './arrival.ts';
import { type ContactFields, emptyContactFields } from './contact.ts';
import type { ContactMapping } from './contact-mapping.ts';
import { withSlots } from './field-slots.ts';
import { changesBetween } from './history.ts';
import { type Merged, mergeFields } from './merge.ts';
import type { HeldMirror, Taken } from './mirror.ts';
import { isStub } from './stored-contact.ts';
import type { SentValues } from './write-back/sent-values.ts';

/** The mirror's record under the current mapping; under the old one where the current cannot map it. */
const recordUnder = (mapping: ContactMapping, mirror: HeldMirror, { record, base }: Taken): ContactFields => {
  // A base that is ours in some slots says something else than the record.
  if (mirror.mappingId === mapping.id && mirror.ownSlots.length === 0) return base.fields;
  const again = mapping.toContact(record);
  return again.problems.length === 0 ? again.contact : base.fields;
};

/** What a create was made of. */
const fieldsOfSent = ({ slots, shown }: SentValues): ContactFields =>
  withSlots({ ...shown, ...emptyContactFields }, slots);

/** What the contact's fields come to by a record of AcmeCRM, mapped as `next`. */
export const fieldsAfter = (
  { mirror, contact, mapping }: Arrival,
  next: ContactFields,
  sent: SentValues | null,
): Merged => {
  if (contact === null || isStub(contact)) {
    return { fields: next, changes: changesBetween(null, next), own: new Map(), notTaken: [], isBase: true };
  }
  const sides = { local: contact, next, mapping, sent };
  if (mirror === null) {
    return sent === null
      ? mergeFields({ ...sides, base: null, before: null })
      : mergeFields({ ...sides, base: fieldsOfSent(sent), before: sent.shown });
  }
  const { ownSlots } = mirror;
  // What nobody edited is the base itself and follows AcmeCRM whatever was before, so neither is read.
  if (mirror.untouchedVersion === contact.version && ownSlots.length === 0 && sent === null)
    return mergeFields({ ...sides, base: contact, before: null });
  const taken = mirror.taken();
  if (taken === null) return mergeFields({ ...sides, base: null, before: null });
  const before = recordUnder(mapping, mirror, taken);
  return mergeFields({ ...sides, base: taken.base.fields, before, ownSlots });
};
