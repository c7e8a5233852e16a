import type { ContactMapping } from './contact-mapping.ts';
import type { HeldMirror, MirrorHead } from './mirror.ts';
import type { SourceContent } from './source-content.ts';
import type { SourceEvent } from './source-event.ts';
import type { StoredContact } from './stored-contact.ts';

/** A valid event that was not here before, and what it meets. */
export type Arrival = {
  readonly event: SourceEvent;
  readonly identity: string;
  readonly content: SourceContent;
  readonly contentHash: string;
  readonly mirror: HeldMirror | null;
  readonly contact: StoredContact | null;
  readonly mapping: ContactMapping;
  readonly now: string;
};

/** Where an event stands to the mirror, in the order (version, deleted last) of design rule 3. */
export const placeOf = (mirror: MirrorHead | null, { sourceVersion, eventType }: SourceEvent) => {
  if (mirror === null || sourceVersion > mirror.sourceVersion) return 'above';
  if (sourceVersion < mirror.sourceVersion) return 'below';
  const deleted = eventType === 'contact.deleted';
  if (deleted === mirror.deleted) return 'level';
  return deleted ? 'above' : 'below';
};
