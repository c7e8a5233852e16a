import { setTimeout as pause } from 'node:timers/promises';
import { acmeContactUpdated } from '@contact-sync/kafka';
import type { Work } from '../harness/turn.ts';
import { countFate } from './metric.ts';
import { openSourceRecords, type SourceRecordsOptions } from './source-records.ts';

export type DrainOptions = SourceRecordsOptions & {
  /** Contacts that the events are of, in turns; they exist already. */
  readonly contacts: number;
  /** Higher than any version that they have. */
  readonly firstVersion: number;
  /** Where the worker tells how many events it has applied. */
  readonly workerOpsUrl: string;
};

const deadlineMs = 120_000;
const [shortestPauseMs, longestPauseMs] = [20, 1_000];

/**
 * Each look makes the worker put all of its metrics together, so there are few: half of the time that the rest will take
 * goes by before the next.
 */
const pauseMs = (elapsedMs: number, done: number, left: number): number =>
  Math.min(longestPauseMs, Math.max(shortestPauseMs, (elapsedMs * left) / (2 * Math.max(1, done))));

/** Resolves when the worker has applied so many more than `before`. */
const untilApplied = async (workerOpsUrl: string, before: number, count: number): Promise<void> => {
  const startedAt = performance.now();
  for (;;) {
    const done = (await countFate(workerOpsUrl, 'applied')) - before;
    if (done >= count) return;
    const elapsedMs = performance.now() - startedAt;
    if (elapsedMs > deadlineMs) throw new Error(`only ${done} of ${count} events were applied`);
    await pause(pauseMs(elapsedMs, done, count - done));
  }
};

/**
 * Resolves with what makes events and has the worker drain them: each is the next version of its contact. `encode` makes
 * them as Avro, ahead; `drain` sends them at once and resolves when the worker has applied all of them.
 */
export const openDrain = async (options: DrainOptions) => {
  const { contacts, firstVersion, workerOpsUrl } = options;
  const source = await openSourceRecords(options);
  let made = 0;
  let waiting: ReturnType<typeof source.update>[] = [];

  const nextRecord = () => {
    const version = firstVersion + Math.floor(made / contacts);
    made += 1;
    return source.update((made - 1) % contacts, version);
  };

  return {
    encode(count: number): void {
      waiting = Array.from({ length: count }, nextRecord);
    },
    async drain(): Promise<Work> {
      const records = waiting;
      waiting = [];
      const before = await countFate(workerOpsUrl, 'applied');
      const startedAt = performance.now();
      await source.send(acmeContactUpdated.topic, records);
      await untilApplied(workerOpsUrl, before, records.length);
      return { operations: records.length, seconds: (performance.now() - startedAt) / 1_000 };
    },
  };
};
