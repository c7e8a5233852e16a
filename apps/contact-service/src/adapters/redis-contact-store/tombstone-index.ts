import { type MirrorHead, type StoredContact, tombstoneSince } from '@contact-sync/domain';
import { type RedisConnection, shardOf } from '@contact-sync/redis';
import type { ContactStore, ContactWrite } from '../../ports.ts';
import { type ContactKeys, listShard } from './contact-keys.ts';
import { isErasing } from './erasure.ts';
import type { createWriteCall } from './write-call.ts';

type Call = Pick<ReturnType<typeof createWriteCall>, 'run'>;

type Seen = { readonly mirror: Pick<MirrorHead, 'revision'> | null; readonly contact: StoredContact | null };

const isWhole = (mirror: Seen['mirror']): mirror is MirrorHead => mirror !== null && 'takenAt' in mirror;

/** An edit has read no more of the mirror than its revision; then the contact is there whole, and it alone decides. */
const sinceOf = ({ mirror, contact }: Seen): string | null =>
  tombstoneSince({ contact, mirror: isWhole(mirror) ? mirror : null });

/** Keeps the sorted set of tombstones in step with a write: their ids by the millisecond of their delete. */
export const moveAmongTombstones = (call: Call, keys: ContactKeys, write: ContactWrite): void => {
  const { id, before } = write;
  const mirror = isErasing(write) ? null : (write.mirror ?? before.mirror);
  const after = { mirror, contact: write.contact ?? before.contact };
  const since = sinceOf(after);
  if (since === sinceOf(before)) return;
  const key = keys.deleted(shardOf(id));
  if (since === null) call.run('ZREM', key, [id]);
  else call.run('ZADD', key, [String(Date.parse(since)), id]);
};

/** Reads that set from its old end. */
export const createTombstoneReader =
  (redis: RedisConnection, keys: ContactKeys): ContactStore['tombstones'] =>
  async (limit) => {
    const key = keys.deleted(listShard);
    const found = await redis.use((client) =>
      client.zrangebyscore(key, '-inf', '+inf', 'WITHSCORES', 'LIMIT', 0, limit),
    );
    return Array.from({ length: found.length / 2 }, (_, index) => ({
      id: found[index * 2] ?? '',
      since: new Date(Number(found[index * 2 + 1])).toISOString(),
    }));
  };
