import { hash } from 'node:crypto';
import { acmeContactMembers } from './acme-contact.ts';
import { canonicalJson } from './canonical-json.ts';
import type { AcmeRecord } from './contact-mapping.ts';
import { normalizeRecord } from './normalize-record.ts';
import { recordOf, type SourceContent } from './source-content.ts';

/** Members that differ between two sendings of the same content. */
const ofTheSending: ReadonlySet<string> = new Set(['acme_version', 'acme_updated_at', 'acme_created_at']);

/** SHA-256 over the canonical form of a JSON value. Never throws on a value that `JSON.parse` returned. */
export const digest = (value: unknown, encoding: 'hex' | 'base64url'): string =>
  hash('sha256', canonicalJson(value), encoding);

const sha256 = (value: unknown): string => digest(value, 'hex');

/**
 * What decides "same content" (design section 2): 64 hex digits over the canonical record with its unknown members
 * and the deleted flag, without version and times. All deletes of one contact are equal.
 */
export const contentHash = (content: SourceContent): string => {
  if (content.deleted) return sha256(content);
  return hash('sha256', `{"deleted":false,"record":${canonicalJson(content.record, ofTheSending)}}`, 'hex');
};

const documented = (record: AcmeRecord): string =>
  canonicalJson(
    Object.fromEntries(Object.entries(record).filter(([member]) => acmeContactMembers.has(member))),
    ofTheSending,
  );

/**
 * What tells whether two sides hold the same record: 64 hex digits over its documented members, however it is spelled,
 * without version and times.
 */
export const documentedHash = (record: Readonly<Record<string, unknown>>): string =>
  hash('sha256', documented(recordOf(normalizeRecord(record), {}).record), 'hex');

/**
 * Whether two records of one version say the same of what is documented (design rule 3): AcmeCRM's lists, answers and
 * webhooks need not carry the same unknown members.
 */
export const saysTheSame = (one: AcmeRecord, other: AcmeRecord): boolean =>
  documented(one) === documented(other);

/**
 * The content identity of an event: 64 hex digits over the canonical form of its whole JSON. Member order and white
 * space make no difference, everything else does. Never throws on a value that `JSON.parse` returned.
 */
export const eventHash = (event: unknown): string => sha256(event);
