import type { MirrorHead, MissingVersions } from '@contact-sync/domain';
import { shardOf } from '@contact-sync/redis';
import type { ContactWrite } from '../../../ports.ts';
import type { ContactKeys } from '../contact-keys.ts';
import { isErasing } from '../erasure.ts';
import type { createWriteCall } from '../write-call.ts';
import { toGapMember } from './gap-member.ts';

type Call = Pick<ReturnType<typeof createWriteCall>, 'run'>;
type Ranges = MissingVersions['ranges'];

const none: Ranges = [];

/** An edit has read no more of the mirror than its revision, and changes nothing of it. */
const rangesOf = (mirror: object | null): Ranges =>
  mirror !== null && 'missing' in mirror ? (mirror as MirrorHead).missing.ranges : none;

/** Keeps the sorted set of runs of missing versions in step with a write. */
export const moveAmongGaps = (call: Call, keys: ContactKeys, write: ContactWrite): void => {
  const { id, before, mirror } = write;
  if (mirror === null && !isErasing(write)) return;
  const [from, to] = [rangesOf(before.mirror), rangesOf(mirror)];
  if (from === to || from.length + to.length === 0) return;
  const key = keys.gaps(shardOf(id));
  const kept = new Set(to.map((range) => toGapMember(id, range)));
  const leaving = from.map((range) => toGapMember(id, range)).filter((member) => !kept.has(member));
  if (leaving.length > 0) call.run('ZREM', key, leaving);
  if (to.length === 0) return;
  call.run(
    'ZADD',
    key,
    to.flatMap((range) => [String(Date.parse(range.noticedAt)), toGapMember(id, range)]),
  );
};
