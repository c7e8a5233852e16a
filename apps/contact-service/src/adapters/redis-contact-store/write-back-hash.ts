import { noWriteBack, parseJson, type WriteBack } from '@contact-sync/domain';
import type { ContactWrite } from '../../ports.ts';
import type { Hash, HashChanges } from './hash-changes.ts';

const field = 'writeBack';

const isNothing = ({ sent, recent, hold, frozenSince }: WriteBack): boolean =>
  sent === null && recent.length === 0 && hold === null && frozenSince === null;

/** Null where nothing is known; whoever stands there without a mirror yet has at least a revision. */
export const fromWriteBackHash = (hash: Hash): WriteBack | null => {
  const { [field]: text, revision, linkedTo } = hash;
  if (revision === undefined || linkedTo !== undefined) return null;
  if (text === undefined) {
    return hash['sourceId'] === undefined ? { ...noWriteBack, revision: Number(revision) } : null;
  }
  return { ...(parseJson(text) as Omit<WriteBack, 'revision'>), revision: Number(revision) };
};

/** The revision of what is held of AcmeCRM, which writes are guarded by; null where nothing is. */
export const revisionOf = (before: ContactWrite['before']): number | null => {
  if (before.mirror !== null) return before.mirror.revision;
  return 'writeBack' in before ? (before.writeBack?.revision ?? null) : null;
};

/** What a write changes of what is known of our writes; with a revision of its own where no new mirror brings one. */
export const writeBackChanges = (write: ContactWrite): HashChanges | null => {
  const { before, mirror } = write;
  if (!('writeBack' in write) || write.writeBack === undefined) return null;
  const { revision: _, ...known } = write.writeBack;
  const revision = mirror === null ? ['revision', String((revisionOf(before) ?? 0) + 1)] : [];
  return isNothing(write.writeBack)
    ? { set: revision, gone: [field] }
    : { set: [...revision, field, JSON.stringify(known)], gone: [] };
};
