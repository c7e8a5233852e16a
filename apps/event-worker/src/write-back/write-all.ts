import type { Outcome } from '@contact-sync/kafka';
import { continueTrace } from '@contact-sync/service-kit';
import type { WriteRun } from './answer-back.ts';
import type { Judge } from './judge-ends.ts';
import type { Write, WritePlanner } from './ports.ts';
import type { WriteEnd } from './write-end.ts';

export type WriteAllOptions = {
  readonly planner: Pick<WritePlanner, 'settle'>;
  readonly writeOne: (write: Write, run: WriteRun) => Promise<WriteEnd>;
  readonly judge: Judge;
  /** Writes under way at the same time. */
  readonly concurrency: number;
};

/** What became of one write: its contact's outcome, or that the contact is to be planned again. */
export type Written = Outcome | 'again';

/** A write with the time at which it was caused, in milliseconds since the epoch, and the trace that it belongs to. */
export type DueWrite = {
  readonly write: Write;
  readonly causedAt: number;
  readonly traceparent?: string | undefined;
};

/**
 * Writes several contacts, some at the same time, and gives what became of each by its id. After the first sign that
 * nothing can be written for now none is begun; those that were not begun count as not planned.
 *
 * @throws {AppError} retryable: that sign.
 */
export const createWriteAll = ({ planner, writeOne, judge, concurrency }: WriteAllOptions) => {
  const write = async ({ write, causedAt }: DueWrite, signal: AbortSignal): Promise<Written> => {
    const verdict = await judge(write, await writeOne(write, { causedAt, signal }), signal);
    if (verdict.kind === 'pause') throw verdict.why;
    return verdict.kind === 'again' ? 'again' : verdict.outcome;
  };

  return async (due: readonly DueWrite[], signal: AbortSignal): Promise<ReadonlyMap<string, Written>> => {
    const left = [...due];
    const written = new Map<string, Written>();
    const faults: unknown[] = [];
    const work = async (): Promise<void> => {
      while (faults.length === 0) {
        const next = left.shift();
        if (next === undefined) return;
        try {
          written.set(next.write.id, await continueTrace(next.traceparent, () => write(next, signal)));
        } catch (error) {
          faults.push(error);
        }
      }
    };
    await Promise.all(Array.from({ length: Math.min(concurrency, due.length) }, work));
    if (faults.length === 0) return written;
    const waiting = left.map(({ write: { id, writeId } }) => ({ id, writeId, outcome: 'not-sent' as const }));
    if (waiting.length > 0) await planner.settle(waiting, signal);
    throw faults[0];
  };
};

export type WriteAll = ReturnType<typeof createWriteAll>;
