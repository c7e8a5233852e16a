import { type SettledWrite, settleWrite, type WriteOutcome } from '@contact-sync/domain';
import type { ContactWrite, Snapshot } from '../ports.ts';
import type { WriteBackPorts } from './plan-write-backs.ts';
import { type Step, writeOnto } from './write-onto.ts';

/**
 * Notes how writes ended that AcmeCRM did not answer with a record (ADR 51): one result an outcome, in order. Repeating is
 * harmless: what is not under way any more is `unknown`.
 *
 * @throws {AppError} retryable.
 */
export const settleWriteBacks = async (
  { store, now }: Pick<WriteBackPorts, 'store' | 'now'>,
  outcomes: readonly WriteOutcome[],
): Promise<SettledWrite[]> => {
  const settleOne = (outcome: WriteOutcome, before: Snapshot): Step<SettledWrite> => {
    const { id, writeId } = outcome;
    const settlement = settleWrite(before, outcome, now());
    if (settlement === null) return { write: null, result: { id, writeId, result: 'unknown' } };
    const { writeBack, conflict } = settlement;
    const write: ContactWrite = {
      id,
      before,
      mirror: null,
      writeBack,
      contact: null,
      history: [],
      outgoing: [],
      ...(conflict && { conflicts: [conflict] }),
    };
    return { write, result: { id, writeId, result: 'settled' } };
  };
  const results: SettledWrite[] = [];
  // One contact's outcomes, should there be several, are settled one after the other.
  for (const round of roundsOf(outcomes)) {
    const settled = await writeOnto(
      store,
      round.map(({ outcome }) => outcome),
      settleOne,
    );
    for (const [at, { index }] of round.entries()) results[index] = settled[at] as SettledWrite;
  }
  return results;
};

/** The outcomes in rounds of which none has a contact twice. */
const roundsOf = (outcomes: readonly WriteOutcome[]) => {
  const rounds: { readonly outcome: WriteOutcome; readonly index: number }[][] = [];
  const seen = new Map<string, number>();
  for (const [index, outcome] of outcomes.entries()) {
    const round = seen.get(outcome.id) ?? 0;
    seen.set(outcome.id, round + 1);
    rounds[round] = [...(rounds[round] ?? []), { outcome, index }];
  }
  return rounds;
};
