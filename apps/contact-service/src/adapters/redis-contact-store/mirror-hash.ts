import { type Mirror, parseJson } from '@contact-sync/domain';
import { fromBaseText, toBaseText } from './base-text.ts';
import type { Hash } from './contact-hash.ts';

const isWhole = ({ ranges, forgotten }: Mirror['missing']): boolean => ranges.length === 0 && forgotten === 0;

/** A mirror as a hash; what is null or empty is left out. */
export const toMirrorHash = (mirror: Mirror): Hash => {
  const { record, base, identities, missing, contentHash } = mirror;
  const hash: Record<string, string> = {
    sourceId: mirror.sourceId,
    sourceVersion: String(mirror.sourceVersion),
    takenAt: mirror.takenAt,
    revision: String(mirror.revision),
  };
  if (mirror.deleted) hash['deleted'] = '1';
  if (contentHash !== null) hash['contentHash'] = contentHash;
  if (record !== null) hash['record'] = JSON.stringify(record);
  if (base !== null) hash['base'] = toBaseText(base, record ?? {});
  if (identities.length > 0) hash['identities'] = JSON.stringify(identities);
  if (!isWhole(missing)) hash['missing'] = JSON.stringify(missing);
  return hash;
};

const parsed = (text: string | undefined, absent: unknown): unknown =>
  text === undefined ? absent : parseJson(text);

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
