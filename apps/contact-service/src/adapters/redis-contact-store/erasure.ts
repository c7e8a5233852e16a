import { chunksOf, isBlocked } from '@contact-sync/domain';
import { type RedisConnection, shardOf } from '@contact-sync/redis';
import type { ContactWrite } from '../../ports.ts';
import { fromOutboxFields } from '../redis-outbox/outbox-fields.ts';
import { readConflictsOf } from './conflicts/conflict-inbox.ts';
import type { ContactKeys } from './contact-keys.ts';
import { type AnswersOfContact, dropAnswers, readAnswersOf } from './stored-answers.ts';
import type { createWriteCall } from './write-call.ts';

type Call = ReturnType<typeof createWriteCall>;

/** Whether a write erases its contact, so that all that is kept of it goes. */
export const isErasing = ({ before, contact }: Pick<ContactWrite, 'before' | 'contact'>): boolean =>
  isBlocked(contact) && !isBlocked(before.contact);

/** What is kept of a contact in other places than its own hashes, as it was read before the write that erases it. */
export type Remains = {
  readonly answers: AnswersOfContact;
  readonly outbox: readonly string[];
  /** Entries of the conflict inbox, as they stand there. */
  readonly conflicts: readonly string[];
};

const pageSize = 1_000;

/** The entries of the outbox that tell of a contact. One that comes later comes with a version, which guards the write. */
const readOutboxOf = async (redis: RedisConnection, key: string, id: string): Promise<string[]> => {
  const found: string[] = [];
  for (let from = '-'; ; ) {
    const page = await redis.use((client) => client.xrange(key, from, '+', 'COUNT', pageSize));
    for (const [entry, fields] of page) {
      if (fields[1]?.includes(id) && fromOutboxFields(fields).contact.id === id) found.push(entry);
    }
    const last = page.at(-1)?.[0];
    if (last === undefined || page.length < pageSize) return found;
    from = `(${last}`;
  }
};

export const readRemains = async (
  redis: RedisConnection,
  keys: ContactKeys,
  { id }: ContactWrite,
): Promise<Remains> => ({
  answers: await readAnswersOf(redis, keys, id),
  outbox: await readOutboxOf(redis, keys.outbox(id), id),
  conflicts: await readConflictsOf(redis, keys, id),
});

/** Removes what is kept of an erased contact beside its own hash. */
export const dropRemains = (
  call: Call,
  keys: ContactKeys,
  id: string,
  { answers, outbox, conflicts }: Remains,
): void => {
  call.run('DEL', keys.mirror(id), []);
  call.run('DEL', keys.history(id), []);
  call.run('DEL', keys.held.queue(id), []);
  call.run('HDEL', keys.held.refusals(shardOf(id)), [id]);
  // Lua takes no more than some 8,000 arguments at once.
  for (const some of chunksOf(outbox, pageSize)) call.run('XDEL', keys.outbox(id), some);
  for (const some of chunksOf(conflicts, pageSize)) call.run('ZREM', keys.conflicts(shardOf(id)), some);
  dropAnswers(call, keys, id, answers);
};

const blockedBy = (stored: ContactWrite['contact']): readonly string[] =>
  isBlocked(stored) ? stored.erasure.externalIds : [];

/** Keeps the blocked external ids in step with a write. */
export const moveAmongBlocked = (
  call: Call,
  keys: ContactKeys,
  { id, before, contact }: ContactWrite,
): void => {
  if (contact === null) return;
  const [from, to] = [blockedBy(before.contact), blockedBy(contact)];
  if (from === to || from.length + to.length === 0) return;
  const key = keys.blocked(shardOf(id));
  if (from.length > 0) call.run('HDEL', key, from);
  if (to.length > 0)
    call.run(
      'HSET',
      key,
      to.flatMap((hashed) => [hashed, id]),
    );
};

/** Lets a write happen only while none of the external ids that its events carry is blocked. */
export const guardExternalIds = (
  call: Call,
  keys: ContactKeys,
  { id, externalIds = [] }: ContactWrite,
): void => {
  for (const hashed of externalIds) call.guard(keys.blocked(shardOf(id)), hashed, null);
};
