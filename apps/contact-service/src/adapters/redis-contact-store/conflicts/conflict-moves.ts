import type { FieldConflict } from '@contact-sync/domain';
import { shardOf } from '@contact-sync/redis';
import type { ContactWrite } from '../../../ports.ts';
import type { ContactKeys } from '../contact-keys.ts';
import type { createWriteCall } from '../write-call.ts';

type Call = Pick<ReturnType<typeof createWriteCall>, 'run'>;

/** Entries that the inbox holds where no setting says so. */
export const mostConflicts = 10_000;

/** An entry as it stands in the inbox; the same text however often it is written. */
export const toConflictText = ({ id, contactId, at, cause, sourceVersion, fields }: FieldConflict): string =>
  JSON.stringify({
    id,
    contactId,
    at,
    cause,
    ...(sourceVersion !== undefined && { sourceVersion }),
    fields: fields.map(({ field, ours, theirs }) => ({ field, ours, theirs })),
  });

/** Keeps the conflict inbox in step with a write; beyond its bound the oldest entries go. */
export const moveAmongConflicts = (
  call: Call,
  keys: ContactKeys,
  { id, conflicts = [], resolved = [] }: ContactWrite,
  limit: number,
): void => {
  if (conflicts.length + resolved.length === 0) return;
  const key = keys.conflicts(shardOf(id));
  if (resolved.length > 0) call.run('ZREM', key, resolved.map(toConflictText));
  if (conflicts.length === 0) return;
  const entries = conflicts.flatMap((entry) => [String(Date.parse(entry.at)), toConflictText(entry)]);
  call.run('ZADD', key, entries);
  call.run('ZREMRANGEBYRANK', key, ['0', String(-limit - 1)]);
};
