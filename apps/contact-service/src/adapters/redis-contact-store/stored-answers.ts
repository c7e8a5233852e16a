import { limits } from '@contact-sync/domain';
import type { RedisConnection } from '@contact-sync/redis';
import type { ContactWrite } from '../../ports.ts';
import type { ContactKeys } from './contact-keys.ts';
import type { Hash } from './hash-changes.ts';
import { readAll } from './read-hashes.ts';
import type { createWriteCall } from './write-call.ts';

/** What is told of answers that are kept for repeats. */
export type AnswerObserver = {
  /** `bytes` is the length of their texts. */
  readonly kept: (count: number, bytes: number) => void;
  /** Dropped before their day was over, since their caller has newer ones. */
  readonly dropped: (count: number) => void;
};

/** An answer that its caller's newer ones push out. */
export type SurplusAnswer = { readonly owner: string; readonly scope: string };

/** How long a repeat of a request is answered as the first time (design rule 7). */
const answerSeconds = '86400';

/** A caller at the limit drops as many as come, and some more until the list is as long as it may be. */
const mostDropped = 100;

/** The oldest answers of those whose answers this write stores, as far as they are too many with them. */
export const readSurplus = async (
  redis: RedisConnection,
  keys: ContactKeys,
  { id, answers = [] }: ContactWrite,
  limit: number = limits.keptAnswers,
): Promise<SurplusAnswer[]> => {
  const coming = Map.groupBy(answers, ({ owner }) => owner);
  const found = [...coming].map(async ([owner, { length }]) => {
    const from = Math.max(0, limit - length);
    const scopes = await redis.use((client) =>
      client.lrange(keys.answers(id, owner), from, from + mostDropped - 1),
    );
    return scopes.map((scope) => ({ owner, scope }));
  });
  return (await Promise.all(found)).flat();
};

type Call = ReturnType<typeof createWriteCall>;

const dayMs = 86_400_000;

/** The days in which answers that are still kept may have been stored, by whichever clock. */
const keptDays = (now: number): number[] => [-1, 0, 1].map((days) => Math.floor(now / dayMs) + days);

const answeredSeconds = String(2 * 86_400);

/** How many answers a contact's hash of one day has been told of; what a write that drops them all is guarded by. */
const told = 'told';

/** Notes that answers tell of a contact, so that its erasure finds them. */
const noteAnswers = (call: Call, keys: ContactKeys, { id, answers = [] }: ContactWrite): void => {
  if (answers.length === 0) return;
  const key = keys.answered(id, Math.floor(Date.now() / dayMs));
  call.run('HINCRBY', key, [told, String(answers.length)]);
  call.run(
    'HSET',
    key,
    answers.flatMap(({ scope }) => [scope, '']),
  );
  call.run('EXPIRE', key, [answeredSeconds]);
};

/** The answers that tell of a contact, by the hash that names them. */
export type AnswersOfContact = readonly { readonly key: string; readonly names: Hash }[];

/** All answers that are still kept and tell of a contact. */
export const readAnswersOf = async (
  redis: RedisConnection,
  keys: ContactKeys,
  id: string,
): Promise<AnswersOfContact> => {
  const days = keptDays(Date.now()).map((day) => ({ key: keys.answered(id, day) }));
  const found = await readAll(redis, days);
  return days.map(({ key }, index) => ({ key, names: found[index] ?? {} }));
};

/** Drops them; the write is `moved` where one more was stored since they were read. */
export const dropAnswers = (call: Call, keys: ContactKeys, id: string, answers: AnswersOfContact): void => {
  for (const { key, names } of answers) {
    const { [told]: count = null, ...scopes } = names;
    call.guard(key, told, count);
    for (const scope of Object.keys(scopes)) call.run('DEL', keys.answer(id, scope), []);
    call.run('DEL', key, []);
  }
};

/** Stores a write's answers for a day, each once, and drops those that are too many. */
export const storeAnswers = (
  call: Call,
  keys: ContactKeys,
  write: ContactWrite,
  surplus: readonly SurplusAnswer[],
): void => {
  const { id, answers = [] } = write;
  noteAnswers(call, keys, write);
  for (const { scope, owner, fingerprint, answer } of answers) {
    const [key, list] = [keys.answer(id, scope), keys.answers(id, owner)];
    call.guard(key, 'fingerprint', null);
    call.run('HSET', key, ['fingerprint', fingerprint, 'owner', owner, 'answer', JSON.stringify(answer)]);
    call.run('EXPIRE', key, [answerSeconds]);
    call.run('LPUSH', list, [scope]);
    call.run('EXPIRE', list, [answerSeconds]);
  }
  for (const { owner, scope } of surplus) {
    call.run('DEL', keys.answer(id, scope), []);
    call.run('LREM', keys.answers(id, owner), ['-1', scope]);
  }
};
