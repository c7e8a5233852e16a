import { limits } from '@contact-sync/domain';
import type { RedisConnection } from '@contact-sync/redis';
import type { ContactWrite } from '../../ports.ts';
import type { ContactKeys } from './contact-keys.ts';
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

/** Stores a write's answers for a day, each once, and drops those that are too many. */
export const storeAnswers = (
  call: Call,
  keys: ContactKeys,
  { id, answers = [] }: ContactWrite,
  surplus: readonly SurplusAnswer[],
): void => {
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
