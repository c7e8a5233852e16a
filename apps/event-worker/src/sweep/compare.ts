import type { MirrorVersion } from '@contact-sync/api-contracts';
import { documentedHash } from '@contact-sync/domain';
import type { AcmeDeleted, AcmeShown } from '../acme/acme-api.ts';

/** A record as AcmeCRM's list has it. */
export type ListedRecord = AcmeShown | AcmeDeleted;

/** What the two sides say of one record. */
export type Comparison =
  | 'agrees'
  | 'erased'
  /** AcmeCRM changed it so lately that its webhook may be on its way. */
  | 'young'
  | 'behind-here'
  | 'only-there'
  | 'behind-there'
  | 'differs';

export type Youth = {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** How old a change is that is left to its webhook no longer, in milliseconds. */
  readonly graceMs: number;
};

export const isDeleted = (record: ListedRecord): record is AcmeDeleted => record['acme_deleted'] === true;

/** When AcmeCRM says that it changed a record, in milliseconds since the epoch; undefined where it says nothing of use. */
export const changedAt = (record: ListedRecord): number | undefined => {
  const text: unknown = 'acme_updated_at' in record ? record['acme_updated_at'] : undefined;
  const time = typeof text === 'string' ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
};

const isYoung = (record: ListedRecord, { now, graceMs }: Youth): boolean =>
  now - (changedAt(record) ?? 0) < graceMs;

/** Of one version. A delete there that we have not taken comes after what we have (design rule 3). */
const atOneVersion = (
  record: ListedRecord,
  mirror: Extract<MirrorVersion, { kind: 'known' }>,
): 'agrees' | 'behind-here' | 'differs' => {
  if (isDeleted(record)) return mirror.deleted ? 'agrees' : 'behind-here';
  if (mirror.deleted) return 'differs';
  const { documentedHash: held } = mirror;
  return held === null || held === documentedHash(record) ? 'agrees' : 'differs';
};

const behindHere = (record: ListedRecord, youth: Youth) =>
  isYoung(record, youth) ? 'young' : ('behind-here' as const);

/** Compares by version and, at one version, by the documented content (design section 6, "Sweep"). */
export const compare = (record: ListedRecord, mirror: MirrorVersion, youth: Youth): Comparison => {
  if (mirror.kind === 'erased') return 'erased';
  if (mirror.kind === 'unknown') {
    // What was deleted before we heard of it is on neither side.
    if (isDeleted(record)) return 'agrees';
    return isYoung(record, youth) ? 'young' : 'only-there';
  }
  if (record.acme_version < mirror.version) return 'behind-there';
  if (record.acme_version > mirror.version) return behindHere(record, youth);
  const comparison = atOneVersion(record, mirror);
  return comparison === 'behind-here' ? behindHere(record, youth) : comparison;
};
