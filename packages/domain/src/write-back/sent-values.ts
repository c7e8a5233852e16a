import type { ContactFields } from '../contact.ts';
import type { AcmeRecord, ContactMapping } from '../contact-mapping.ts';
import { type FieldValue, sameValue, slotValue } from '../field-slots.ts';
import { mergePatched } from './merge-patch.ts';
import type { Sent } from './write-back.ts';

/** What was sent, as an event that may show it is measured by. */
export type SentValues = {
  /** Our values then, by slot. */
  readonly slots: Sent['slots'];
  /** The record as it would be if AcmeCRM had done what was asked, mapped as the event is. */
  readonly shown: ContactFields;
  /** The event is what AcmeCRM answered: whatever it shows instead is AcmeCRM's decision. */
  readonly isAnswer: boolean;
};

/** Null where the mapping in force makes nothing of what was sent. */
export const sentValuesOf = (
  sent: Sent,
  record: AcmeRecord | null,
  mapping: ContactMapping,
  isAnswer: boolean,
): SentValues | null => {
  const { contact, problems } = mapping.toContact(mergePatched(record ?? {}, sent.members) as AcmeRecord);
  return problems.length > 0 ? null : { slots: sent.slots, shown: contact, isAnswer };
};

/**
 * Whether AcmeCRM's value is what was sent. Both are compared as our contact would have them, so that another spelling of
 * one phone or address is none.
 */
export const isShown = ({ slots, shown }: SentValues, slot: string, value: FieldValue): boolean =>
  Object.hasOwn(slots, slot) && sameValue(slotValue(shown, slot), value);

/** Whether a record shows everything that was sent. */
export const showsAll = (sent: SentValues, fields: ContactFields): boolean =>
  Object.keys(sent.slots).every((slot) => isShown(sent, slot, slotValue(fields, slot)));
