import { createMicroBatch, type RedisConnection, type ScriptOutcome } from '@contact-sync/redis';
import type { ContactStore, ContactWrite } from '../../ports.ts';
import type { ContactKeys } from './contact-keys.ts';
import type { Numbering } from './feed/numbering.ts';
import { guardedWrite } from './guarded-write.ts';
import { type AnswerObserver, readSurplus } from './stored-answers.ts';
import type { WriteCall } from './write-call.ts';
import { writeCall } from './write-commands.ts';

// As reads share a round trip; of a batch of events each slice is worth one of its own.
const together = { maxItems: 400, enough: 25 };

type Outcome = 'written' | 'moved';

const outcomesOf = (outcomes: readonly ScriptOutcome<Outcome>[]): Outcome[] =>
  outcomes.map((outcome) => {
    if (outcome.ok) return outcome.value;
    throw outcome.error;
  });

export type WriterOptions = {
  readonly historyLimit: number;
  /** Answers that are kept for one caller; `limits.keptAnswers` by default. */
  readonly keptAnswerLimit?: number;
  readonly answers?: AnswerObserver;
};

/** Writes contacts, each by one call of the guarded script. */
export const createContactWriter = (
  redis: RedisConnection,
  options: WriterOptions & { readonly keys: ContactKeys; readonly numbering: Numbering },
): ContactStore['commit'] => {
  const { keys, numbering, historyLimit, keptAnswerLimit } = options;
  const runWrites = createMicroBatch<WriteCall, ScriptOutcome<Outcome>>(
    (calls) =>
      numbering.with((parts) =>
        redis.runMany(
          guardedWrite,
          calls.map((call) => ({ keys: call.keys, args: [parts, ...call.args] })),
        ),
      ),
    together,
  );

  const commitWithAnswers = async (writes: readonly ContactWrite[]): Promise<Outcome[]> => {
    const surplus = await Promise.all(
      writes.map((write) => readSurplus(redis, keys, write, keptAnswerLimit)),
    );
    const calls = writes.map((write, index) =>
      writeCall(keys, write, { historyLimit, surplus: surplus[index] ?? [] }),
    );
    const outcomes = outcomesOf(await runWrites(calls));
    for (const [index, { answers = [] }] of writes.entries()) {
      if (outcomes[index] !== 'written') continue;
      options.answers?.kept(answers.length, JSON.stringify(answers).length);
      options.answers?.dropped(surplus[index]?.length ?? 0);
    }
    return outcomes;
  };

  return async (writes) => {
    if (writes.length === 0) return [];
    if (writes.every(({ answers = [] }) => answers.length === 0)) {
      return outcomesOf(
        await runWrites(writes.map((write) => writeCall(keys, write, { historyLimit, surplus: [] }))),
      );
    }
    return commitWithAnswers(writes);
  };
};
