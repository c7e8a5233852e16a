import { type Arrival, placeOf } from './arrival.ts';
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
import { takeRecord } from './take-record.ts';

export type DecideInput = {
  /** What we hold of AcmeCRM about the event's contact. */
  readonly mirror: HeldMirror | null;
  /** What we hold of the contact itself, read together with the mirror. */
  readonly contact: StoredContact | null;
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
  if (isRepeat(mirror, arrival)) return noted(repeated(mirror, arrival), arrival, 'duplicate');
  return { kind: 'fault', code: 'VERSION_CONFLICT', retryable: false, pointer: '/data/acme_version' };
};

/**
 * What an event of AcmeCRM comes to (design rules 2 to 5): its fate, and everything that is to be written with it.
 * Pure and total: the same input gives the same decision, no input throws, and what is given is never changed.
 * The block of an erased contact comes before every other rule, and then the fate of an identity that the mirror
 * remembers.
 */
export const decide = ({ mirror, contact, event: envelope, mapping, now }: DecideInput): Decision => {
  // Whatever it says: as a fault it would be kept among the dead letters.
  if (isBlocked(contact)) return { kind: 'recorded', fate: 'superseded' };
  const read = readSourceEvent(envelope);
  if (read.kind === 'fault') return read;
  const { event } = read;
  const content = contentOf(event);
  const hashOfContent = contentHash(content);
  const identity = identityOf(event, content, hashOfContent);
  const known = mirror === null ? undefined : findIdentity(mirror.identities, identity);
  if (known) return { kind: 'recorded', ...known };
  const arrival: Arrival = {
    event,
    identity,
    content,
    contentHash: hashOfContent,
    mirror,
    contact,
    mapping,
    now,
  };
  const place = placeOf(mirror, event);
  if (mirror === null || place === 'above') return take(arrival);
  return place === 'below'
    ? noted(overtaken(mirror, arrival), arrival, 'superseded')
    : judgeRepeat(mirror, arrival);
};
