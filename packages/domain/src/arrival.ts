import type { ContactMapping } from './contact-mapping.ts';
import type { HeldMirror, MirrorHead } from './mirror.ts';
import type { SourceContent } from './source-content.ts';
import type { SourceEvent } from './source-event.ts';
import type { StoredContact } from './stored-contact.ts';
import type { Sent, WriteBack } from './write-back/write-back.ts';

/** A valid event that was not here before, and what it meets. */
export type Arrival = {
  readonly event: SourceEvent;
  readonly identity: string;
  readonly content: SourceContent;
  readonly contentHash: string;
  /** Of our contact, which another event may be linked with than the id of its record makes. */
  readonly contactId: string;
  readonly mirror: HeldMirror | null;
  readonly contact: StoredContact | null;
  readonly writeBack: WriteBack | null;
  readonly mapping: ContactMapping;
  readonly now: string;
};

/** What was sent and not answered yet; null too where it was a delete, of which no record tells. */
export const writtenOf = ({ writeBack }: Arrival): Sent | null => {
  const sent = writeBack?.sent ?? null;
  return sent?.kind === 'delete' ? null : sent;
};

/** Whether the event is AcmeCRM's answer to the write that was sent last. */
export const isAnswer = ({ event, writeBack }: Arrival): boolean =>
  event.answers !== undefined && event.answers.writeId === writeBack?.sent?.writeId;

/** Where an event stands to the mirror, in the order (version, deleted last) of design rule 3. */
export const placeOf = (mirror: MirrorHead | null, { sourceVersion, eventType }: SourceEvent) => {
  if (mirror === null || sourceVersion > mirror.sourceVersion) return 'above';
  if (sourceVersion < mirror.sourceVersion) return 'below';
  const deleted = eventType === 'contact.deleted';
  if (deleted === mirror.deleted) return 'level';
  return deleted ? 'above' : 'below';
};
