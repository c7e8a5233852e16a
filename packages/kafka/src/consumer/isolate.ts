import { AppError } from '@contact-sync/domain';
import { deadLetter, type Outcome, retryLater } from './outcome.ts';
import type { BatchFault, HandlerResult } from './run-handler.ts';

export type IsolateOptions<Item> = {
  readonly run: (part: readonly Item[]) => Promise<HandlerResult>;
  /** Whether the other side has answered anybody since this batch failed before. */
  readonly isAnswering: () => boolean;
  /** How long it goes on while nobody gets an answer. */
  readonly patienceMs: number;
};

/** The outcomes of the records in front, and why those behind them have none. */
export type Judged = { readonly outcomes: readonly Outcome[]; readonly fault?: BatchFault };

/** A record's outcome, or why it has none even alone. */
type Verdict = Outcome | { readonly kind: 'failed'; readonly fault: BatchFault };

const verdictsOf = (result: HandlerResult): readonly Verdict[] => {
  if ('outcomes' in result) return result.outcomes;
  return 'refused' in result ? [deadLetter(result.refused)] : [{ kind: 'failed', fault: result.fault }];
};

/** Halves a batch until each part has an answer or is one record; ends early where going on would tell nothing. */
const search = async <Item>(
  batch: readonly Item[],
  whole: HandlerResult,
  { run, isAnswering, patienceMs }: IsolateOptions<Item>,
) => {
  const verdicts: Verdict[] = [];
  const startedAt = performance.now();
  let isAnswered = isAnswering();

  const endsWith = (result: HandlerResult): BatchFault | undefined => {
    if (!('fault' in result)) return undefined;
    const isInVain = !isAnswered && verdicts.length > 1 && performance.now() - startedAt > patienceMs;
    return isInVain || !result.fault.mayBeARecord ? result.fault : undefined;
  };

  const judge = async (part: readonly Item[], result: HandlerResult): Promise<BatchFault | undefined> => {
    const end = endsWith(result);
    if (end !== undefined) return end;
    isAnswered ||= !('fault' in result);
    if ('outcomes' in result || part.length === 1) {
      verdicts.push(...verdictsOf(result));
      return undefined;
    }
    const middle = Math.ceil(part.length / 2);
    const front = part.slice(0, middle);
    const rest = part.slice(middle);
    return (await judge(front, await run(front))) ?? (await judge(rest, await run(rest)));
  };

  const end = await judge(batch, whole);
  return { verdicts, isAnswered, end };
};

const codeOf = ({ error }: BatchFault): string => (error instanceof AppError ? error.code : 'INTERNAL');

/**
 * Finds the records for which a batch failed as a whole (design rule 8). One that is refused alone is a dead letter. One
 * that fails alone, twice, while others are answered has to come again by itself; while nobody is answered it is the
 * other side that is down, and no record is to blame.
 */
export const isolate = async <Item>(
  batch: readonly Item[],
  whole: HandlerResult,
  options: IsolateOptions<Item>,
): Promise<Judged> => {
  const { verdicts, isAnswered, end } = await search(batch, whole, options);
  const outcomes: Outcome[] = [];
  for (const [index, verdict] of verdicts.entries()) {
    if (verdict.kind !== 'failed') {
      outcomes.push(verdict);
      continue;
    }
    if (!isAnswered) return { outcomes: [], fault: verdict.fault };
    // It may have failed before the other side came back.
    const [again = verdict] = verdictsOf(await options.run(batch.slice(index, index + 1)));
    if (again.kind !== 'failed') outcomes.push(again);
    else if (again.fault.mayBeARecord)
      outcomes.push(retryLater({ stage: 'handle', code: codeOf(again.fault) }));
    else return { outcomes, fault: again.fault };
  }
  return end === undefined ? { outcomes } : { outcomes, fault: end };
};
