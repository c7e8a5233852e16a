import { shardOf } from '@contact-sync/redis';
import { compactId } from '../../domain/lists/compact.ts';
import type { ContactWrite } from '../../ports.ts';
import { toOutboxFields } from '../redis-outbox/outbox-fields.ts';
import { traceOfChange } from '../redis-outbox/trace-of-change.ts';
import { mostConflicts, moveAmongConflicts } from './conflicts/conflict-moves.ts';
import { contactChanges, versionMark } from './contact-hash.ts';
import type { ContactKeys } from './contact-keys.ts';
import { dropRemains, guardExternalIds, moveAmongBlocked, type Remains } from './erasure.ts';
import { moveAmongGaps } from './gaps/gap-index.ts';
import type { HashChanges } from './hash-changes.ts';
import { toHistoryText } from './history-text.ts';
import { linkRecord } from './link-record.ts';
import { indexMoves } from './lists/list-index.ts';
import { keptBase, mirrorChanges } from './mirror-hash.ts';
import { type SurplusAnswer, storeAnswers } from './stored-answers.ts';
import { moveAmongTombstones } from './tombstone-index.ts';
import { untouchedContact } from './untouched-contact.ts';
import { revisionOf, writeBackChanges } from './write-back-hash.ts';
import { createWriteCall, type WriteCall } from './write-call.ts';

type Call = ReturnType<typeof createWriteCall>;

const moveInLists = (call: Call, keys: ContactKeys, { before, contact, id }: ContactWrite): void => {
  for (const { key, leaving, entering } of indexMoves(keys, id, { before: before.contact, after: contact })) {
    if (leaving.length > 0) call.run('ZREM', key, leaving);
    if (entering.length > 0)
      call.run(
        'ZADD',
        key,
        entering.flatMap((member) => ['0', member]),
      );
  }
};

const appendHistory = (call: Call, key: string, { before, history }: ContactWrite, limit: number): void => {
  if (history.length === 0) return;
  const texts = history.map((draft, index) => toHistoryText(draft, before.sequence + index + 1));
  call.run('LPUSH', key, texts);
  call.run('LTRIM', key, ['0', String(limit - 1)]);
};

/** A new mirror, or the base of a contact that is edited for the first time. */
const changesOfMirror = ({ before, mirror, contact }: ContactWrite): HashChanges | null => {
  if (mirror !== null) {
    const known = before.mirror === null ? null : { mirror: before.mirror, contact: before.contact };
    return mirrorChanges(known, { mirror, contact: contact ?? before.contact });
  }
  const untouched = contact === null ? null : untouchedContact(before.mirror, before.contact);
  return untouched && keptBase(untouched);
};

/** What a write changes in the hash of what is held of AcmeCRM. */
const changesOfHash = (write: ContactWrite): HashChanges | null => {
  const mirrored = changesOfMirror(write);
  const written = writeBackChanges(write);
  if (mirrored === null || written === null) return mirrored ?? written;
  return { set: [...mirrored.set, ...written.set], gone: [...mirrored.gone, ...written.gone] };
};

export type WriteBounds = {
  readonly historyLimit: number;
  /** Entries of the conflict inbox; as the setting has it by default. */
  readonly conflictLimit?: number | undefined;
  /** Answers that go for those of this write. */
  readonly surplus: readonly SurplusAnswer[];
  /** Of a write that erases. */
  readonly remains?: Remains;
};

/** All that one write does, as one call of the guarded script. */
export const writeCall = (
  keys: ContactKeys,
  write: ContactWrite,
  { historyLimit, conflictLimit = mostConflicts, surplus, remains }: WriteBounds,
): WriteCall => {
  const { id, before, contact, history } = write;
  const [mirrorKey, contactKey] = [keys.mirror(id), keys.contact(id)];
  // The sequence stands in whichever hash is written: a contact may have only one of the two.
  const sequence = String(before.sequence + history.length);
  const shard = shardOf(id);
  const call = createWriteCall({ feed: keys.feed(shard), changes: keys.changes(shard) });
  call.guard(mirrorKey, 'revision', revisionOf(before));
  call.guard(contactKey, 'version', before.contact && versionMark(before.contact));
  guardExternalIds(call, keys, write);
  if (write.forgetsHistory) call.run('DEL', keys.history(id), []);
  const mirrored = changesOfHash(write);
  if (mirrored !== null) call.changeHash(mirrorKey, mirrored, sequence);
  if (contact !== null) {
    call.changeHash(contactKey, contactChanges(before.contact, contact), sequence);
    moveInLists(call, keys, write);
  }
  moveAmongTombstones(call, keys, write);
  moveAmongBlocked(call, keys, write);
  moveAmongGaps(call, keys, write);
  linkRecord(call, keys, write);
  moveAmongConflicts(call, keys, write, conflictLimit);
  if (remains) dropRemains(call, keys, id, remains);
  appendHistory(call, keys.history(id), write, historyLimit);
  if (write.outgoing.length > 0) call.number(compactId(id));
  for (const change of write.outgoing) {
    const fields = toOutboxFields(change, traceOfChange(write, change));
    call.run('XADD', keys.outbox(id), ['*', ...fields]);
  }
  storeAnswers(call, keys, write, surplus);
  return call.finish();
};
