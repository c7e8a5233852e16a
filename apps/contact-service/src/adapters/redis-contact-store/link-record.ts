import { shardOf } from '@contact-sync/redis';
import type { ContactWrite } from '../../ports.ts';
import type { ContactKeys } from './contact-keys.ts';
import { toGapMember } from './gaps/gap-member.ts';
import { revisionOf } from './write-back-hash.ts';
import type { createWriteCall } from './write-call.ts';

type Call = ReturnType<typeof createWriteCall>;

const linkedTo = 'linkedTo';

/**
 * Makes the id of a record point to the contact that it is linked with, in the place of what was held there, which is a delete
 * at most: only while no contact has come to stand there.
 */
export const linkRecord = (call: Call, keys: ContactKeys, write: ContactWrite): void => {
  if (!('link' in write) || write.link === undefined) return;
  const { id, link } = write;
  const { recordId, before } = link;
  const [pointer, shard] = [keys.mirror(recordId), shardOf(recordId)];
  call.guard(pointer, 'revision', revisionOf(before));
  call.guard(pointer, linkedTo, null);
  call.guard(keys.contact(recordId), 'version', null);
  if (before.mirror !== null) {
    call.run('DEL', pointer, []);
    call.run('DEL', keys.history(recordId), []);
    call.run('ZREM', keys.deleted(shard), [recordId]);
    const gaps = before.mirror.missing.ranges.map((range) => toGapMember(recordId, range));
    if (gaps.length > 0) call.run('ZREM', keys.gaps(shard), gaps);
  }
  // Who has read the record before finds that it has moved.
  call.run('HSET', pointer, [linkedTo, id, 'revision', linkedTo]);
};
