import { eventHash } from './content-hash.ts';
import type { Mirror, RecordedIdentity } from './mirror.ts';
import type { SourceContent } from './source-content.ts';
import type { SourceEvent } from './source-event.ts';

/** How many identities a mirror remembers (design rule 2). */
const remembered = 32;

/**
 * The event's own content, all of it; not `receivedAt`, which a second delivery of the same event does not share. What
 * the hash of the content covers is not spelled a second time.
 */
export const identityHash = (event: SourceEvent, content: SourceContent, hashOfContent: string): string => {
  const { eventType, occurredAt, sourceVersion, data, extra } = event;
  const head = [eventType, occurredAt, sourceVersion];
  if (content.deleted) return eventHash([...head, data, extra]);
  const { record, unsaid } = content;
  const times = [record.acme_created_at ?? null, record.acme_updated_at ?? null];
  return eventHash([...head, hashOfContent, ...times, ...unsaid]);
};

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
