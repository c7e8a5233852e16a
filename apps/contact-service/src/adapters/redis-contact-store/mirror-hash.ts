import type { Mirror } from '@contact-sync/domain';
import { fromBaseText, toBaseText } from './base-text.ts';
import type { Hash } from './contact-hash.ts';

const nothingMissing = JSON.stringify({ ranges: [], forgotten: 0 });

/** A mirror as a hash; what is null or empty is left out. */
export const toMirrorHash = (mirror: Mirror): Hash => {
  const missing = JSON.stringify(mirror.missing);
  return {
    sourceId: mirror.sourceId,
    sourceVersion: String(mirror.sourceVersion),
    takenAt: mirror.takenAt,
    revision: String(mirror.revision),
    ...(mirror.deleted && { deleted: '1' }),
    ...(mirror.contentHash !== null && { contentHash: mirror.contentHash }),
    ...(mirror.record !== null && { record: JSON.stringify(mirror.record) }),
    ...(mirror.base !== null && { base: toBaseText(mirror.base, mirror.record ?? {}) }),
    ...(mirror.identities.length > 0 && { identities: JSON.stringify(mirror.identities) }),
    ...(missing !== nothingMissing && { missing }),
  };
};

const parsed = (text: string | undefined, absent: unknown): unknown =>
  text === undefined ? absent : JSON.parse(text);

/** The way back from {@link toMirrorHash}; null for an absent hash. */
export const fromMirrorHash = (hash: Hash): Mirror | null => {
  const { sourceId, sourceVersion, takenAt, revision } = hash;
  if (!sourceId || !sourceVersion || !takenAt || !revision) return null;
  const record = parsed(hash['record'], null) as Mirror['record'];
  return {
    sourceId,
    sourceVersion: Number(sourceVersion),
    takenAt,
    revision: Number(revision),
    deleted: hash['deleted'] === '1',
    contentHash: hash['contentHash'] ?? null,
    record,
    base: hash['base'] === undefined ? null : fromBaseText(hash['base'], record ?? {}),
    identities: parsed(hash['identities'], []) as Mirror['identities'],
    missing: parsed(hash['missing'], { ranges: [], forgotten: 0 }) as Mirror['missing'],
  };
};
