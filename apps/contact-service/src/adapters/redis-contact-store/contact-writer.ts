import { createMicroBatch, type RedisConnection, type ScriptOutcome } from '@contact-sync/redis';
import type { ContactStore, ContactWrite } from '../../ports.ts';
import type { ContactKeys } from './contact-keys.ts';
import { isErasing, readRemains } from './erasure.ts';
import type { Numbering } from './feed/numbering.ts';
import { guardedWrite } from './guarded-write.ts';
import { type AnswerObserver, readSurplus } from './stored-answers.ts';
import type { WriteCall } from './write-call.ts';
import { type WriteBounds, writeCall } from './write-commands.ts';

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
  /** Entries of the conflict inbox. */
  readonly conflictLimit?: number;
  /** Answers that are kept for one caller; `limits.keptAnswers` by default. */
  readonly keptAnswerLimit?: number;
  readonly answers?: AnswerObserver;
};

/** Writes contacts, each by one call of the guarded script. */
export const createContactWriter = (
  redis: RedisConnection,
  options: WriterOptions & { readonly keys: ContactKeys; readonly numbering: Numbering },
): ContactStore['commit'] => {
  const { keys, numbering, historyLimit, conflictLimit, keptAnswerLimit } = options;
  const kept = { historyLimit, conflictLimit };
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

  const boundsOf = async (write: ContactWrite): Promise<WriteBounds> => {
    const surplus = await readSurplus(redis, keys, write, keptAnswerLimit);
    if (!isErasing(write)) return { ...kept, surplus };
    return { ...kept, surplus, remains: await readRemains(redis, keys, write) };
  };

  /** Of writes for which more is to be read first. */
  const commitWithReads = async (writes: readonly ContactWrite[]): Promise<Outcome[]> => {
    const bounds = await Promise.all(writes.map(boundsOf));
    const calls = writes.map((write, index) =>
      writeCall(keys, write, bounds[index] ?? { ...kept, surplus: [] }),
    );
    const outcomes = outcomesOf(await runWrites(calls));
    for (const [index, { answers = [] }] of writes.entries()) {
      if (outcomes[index] !== 'written') continue;
      options.answers?.kept(answers.length, JSON.stringify(answers).length);
      options.answers?.dropped(bounds[index]?.surplus.length ?? 0);
    }
    return outcomes;
  };

  return async (writes) => {
    if (writes.length === 0) return [];
    if (writes.some((write) => (write.answers ?? []).length > 0 || isErasing(write))) {
      return commitWithReads(writes);
    }
    return outcomesOf(
      await runWrites(writes.map((write) => writeCall(keys, write, { ...kept, surplus: [] }))),
    );
  };
};
