import type { SourceEnvelope } from '../source-event.ts';
import { isStub } from '../stored-contact.ts';
import type { Holding } from '../stub-of.ts';

const contactId = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * The contact of ours that an event names as its own: by the write that it answers, or by the external id of its record.
 * Null where it names none. Whether there is such a contact is for {@link linkOf}.
 */
export const namedContact = ({ answers, extra, contactId: own }: SourceEnvelope): string | null => {
  const named = answers?.contactId ?? extra['acme_external_id'];
  if (typeof named !== 'string') return null;
  const id = named.toLowerCase();
  return contactId.test(id) && id !== own ? id : null;
};

export type LinkInput = {
  /** The record's id in AcmeCRM. */
  readonly acmeId: string;
  /** What is held under the id that the record's own makes. */
  readonly atRecord: Holding;
  /** What is held of the contact that the event names. */
  readonly atContact: Holding;
};

/**
 * What comes of a record that names a contact of ours (design section 6, point 4): it is that contact's, it cannot be, since
 * one of the two belongs to another, or it names none of ours (`stranger`) and the name is a member like any other.
 */
export type Linking = 'linked' | 'conflict' | 'stranger';

export const linkOf = ({ acmeId, atRecord, atContact }: LinkInput): Linking => {
  const { mirror, contact } = atContact;
  if (mirror !== null) return mirror.sourceId === acmeId ? 'linked' : 'conflict';
  if (contact === null) return 'stranger';
  // A record that was heard of by its delete alone has no contact of its own.
  const isFree = isStub(contact) || contact.source === 'api';
  return isFree && atRecord.contact === null ? 'linked' : 'conflict';
};
