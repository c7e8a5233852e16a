import { type Arrival, isAnswer, placeOf } from './arrival.ts';
import { noted } from './conclude.ts';
import type { ContactMapping } from './contact-mapping.ts';
import { contentHash, saysTheSame } from './content-hash.ts';
import type { Decision } from './decision.ts';
import { isBlocked } from './erase-contact.ts';
import { findIdentity, identityOf } from './identities.ts';
import type { HeldMirror } from './mirror.ts';
import { overtaken, repeated } from './next-mirror.ts';
import { readSourceEvent } from './read-source-event.ts';
import { contentOf } from './source-content.ts';
import type { SourceEnvelope } from './source-event.ts';
import type { StoredContact } from './stored-contact.ts';
import { takeDeletion } from './take-deletion.ts';
import { takeAnswer, takeRecord } from './take-record.ts';
import type { WriteBack } from './write-back/write-back.ts';

export type DecideInput = {
  /** What we hold of AcmeCRM about the event's contact. */
  readonly mirror: HeldMirror | null;
  /** What we hold of the contact itself, read together with the mirror. */
  readonly contact: StoredContact | null;
  /** What is known of our writes of it to AcmeCRM. */
  readonly writeBack?: WriteBack | null;
  /** Of the contact, where the event's record is linked with another than its id makes. */
  readonly contactId?: string;
  readonly event: SourceEnvelope;
  readonly mapping: ContactMapping;
  /** ISO 8601, UTC. */
  readonly now: string;
};

const take = (arrival: Arrival): Decision =>
  arrival.content.deleted ? takeDeletion(arrival) : takeRecord(arrival, arrival.content.record);

const isRepeat = (mirror: HeldMirror, { content, contentHash: hashOfContent }: Arrival): boolean => {
  // A stub has no content left; its version alone decides.
  if (content.deleted || mirror.contentHash === null || mirror.contentHash === hashOfContent) return true;
  const taken = mirror.taken();
  return taken !== null && saysTheSame(taken.record, content.record);
};

const judgeRepeat = (mirror: HeldMirror, arrival: Arrival): Decision => {
  if (isRepeat(mirror, arrival)) {
    return isAnswer(arrival) && !arrival.content.deleted
      ? takeAnswer(arrival, mirror)
      : noted(repeated(mirror, arrival), arrival, 'duplicate');
  }
  return { kind: 'fault', code: 'VERSION_CONFLICT', retryable: false, pointer: '/data/acme_version' };
};

/**
 * What an event of AcmeCRM comes to (design rules 2 to 5): its fate, and everything that is to be written with it.
 * Pure and total: the same input gives the same decision, no input throws, and what is given is never changed.
 * The block of an erased contact comes before every other rule, and then the fate of an identity that the mirror
 * remembers.
 */
export const decide = (input: DecideInput): Decision => {
  const { mirror, contact, writeBack = null, event: envelope, mapping, now } = input;
  // Whatever it says: as a fault it would be kept among the dead letters.
  if (isBlocked(contact)) return { kind: 'recorded', fate: 'superseded' };
  const read = readSourceEvent(envelope);
  if (read.kind === 'fault') return read;
  const { event } = read;
  const content = contentOf(event);
  const hashOfContent = contentHash(content);
  const identity = identityOf(event, content, hashOfContent);
  const arrival: Arrival = {
    event,
    identity,
    content,
    contentHash: hashOfContent,
    contactId: input.contactId ?? event.contactId,
    mirror,
    contact,
    writeBack,
    mapping,
    now,
  };
  const known = mirror === null ? undefined : findIdentity(mirror.identities, identity);
  // An answer that says what one before it said still tells of another write.
  if (known && !isAnswer(arrival)) return { kind: 'recorded', ...known };
  const place = placeOf(mirror, event);
  if (mirror === null || place === 'above') return take(arrival);
  return place === 'below'
    ? noted(overtaken(mirror, arrival), arrival, 'superseded')
    : judgeRepeat(mirror, arrival);
};
