import { digest } from './content-hash.ts';
import type { Fate } from './fate.ts';
import type { SourceContent } from './source-content.ts';
import type { SourceEvent } from './source-event.ts';

/**
 * Identities of events with the fates that they came to, oldest first, as one text: appending to it is all that most
 * events ask. Each is a space, 43 characters of base64url, the fate's first letter and, where it made one, the version
 * of our contact.
 */
export type IdentityLog = string;

/** One event that came to its fate; found again, it is answered with that fate (design rule 2). */
export type RecordedFate = {
  readonly fate: Fate;
  /** The version of our contact that the event made, if it made one. */
  readonly version?: number;
};

export const noIdentities: IdentityLog = '';

/** How many identities a mirror remembers (design rule 2). */
const remembered = 32;

const separator = ' ';
const digestLength = 43;

const fateByLetter: ReadonlyMap<string, Fate> = new Map([
  ['a', 'applied'],
  ['u', 'unchanged'],
  ['s', 'superseded'],
  ['d', 'duplicate'],
]);

/**
 * The event's id and its own content, all of it; not `receivedAt`, which a second delivery of the same event does not
 * share. What the hash of the content covers is not spelled a second time. Two events that differ at all are two
 * identities.
 */
export const identityOf = (event: SourceEvent, content: SourceContent, hashOfContent: string): string => {
  const { eventId, eventType, occurredAt, sourceVersion, data, extra } = event;
  const head = [eventId, eventType, occurredAt, sourceVersion];
  if (content.deleted) return digest([...head, data, extra], 'base64url');
  const { record, unsaid } = content;
  const times = [record.acme_created_at ?? null, record.acme_updated_at ?? null];
  return digest([...head, hashOfContent, ...times, ...unsaid], 'base64url');
};

export const findIdentity = (log: IdentityLog, identity: string): RecordedFate | undefined => {
  const start = log.indexOf(separator + identity);
  if (start === -1) return undefined;
  const end = log.indexOf(separator, start + 1);
  const rest = log.slice(start + 1 + digestLength, end === -1 ? undefined : end);
  const fate = fateByLetter.get(rest.charAt(0));
  if (fate === undefined) throw new TypeError("A mirror's identities are damaged.");
  return rest.length === 1 ? { fate } : { fate, version: Number(rest.slice(1)) };
};

/** Where the log's last identities begin that still have room for one more. */
const startOfKept = (log: IdentityLog): number => {
  let at = log.length;
  for (let kept = 1; kept < remembered && at > 0; kept += 1) at = log.lastIndexOf(separator, at - 1);
  return Math.max(at, 0);
};

/** The log with one more; the oldest is forgotten beyond the last 32. */
export const withIdentity = (
  log: IdentityLog,
  identity: string,
  { fate, version }: RecordedFate,
): IdentityLog => {
  const entry = `${separator}${identity}${fate.charAt(0)}${version ?? ''}`;
  return log.slice(startOfKept(log)) + entry;
};
