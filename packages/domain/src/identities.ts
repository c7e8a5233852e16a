import { eventHash } from './content-hash.ts';
import type { Mirror, RecordedIdentity } from './mirror.ts';
import type { SourceEvent } from './source-event.ts';

/** How many identities a mirror remembers (design rule 2). */
const remembered = 32;

/** The event's own content; not `receivedAt`, which a second delivery of the same event does not share. */
export const identityHash = (event: SourceEvent): string =>
  eventHash({
    eventType: event.eventType,
    occurredAt: event.occurredAt,
    sourceVersion: event.sourceVersion,
    data: event.data,
    extra: event.extra,
  });

export const findIdentity = (
  mirror: Mirror | null,
  eventId: string,
  hash: string,
): RecordedIdentity | undefined =>
  mirror?.identities.find((known) => known.eventId === eventId && known.eventHash === hash);

export const withIdentity = (
  identities: readonly RecordedIdentity[],
  identity: RecordedIdentity,
): readonly RecordedIdentity[] => [...identities, identity].slice(-remembered);
