import type { Breakers } from './breaker.ts';
import type { ConsumedRecord } from './consumed-record.ts';
import type { Handler } from './handler.ts';
import { isolate, type Judged } from './isolate.ts';
import type { Streak } from './partition-waits.ts';
import { type BatchFault, runHandler } from './run-handler.ts';

/** What a piece of a partition is worked off under. */
export type Run = { readonly streak: Streak; readonly stop: AbortSignal };

export type HandleOptions<Value> = {
  readonly handler: Handler<Value>;
  readonly timeoutMs: number;
  readonly breaker: Breakers['handler'];
};

/** The time from which a batch that fails whole is halved (design rule 8). */
const halvedFromFailure = 3;

const isHalved = ({ mayBeARecord }: BatchFault, { failures }: Streak): boolean =>
  mayBeARecord && failures + 1 >= halvedFromFailure;

/** Has the values handled, in halves where the whole is refused or fails again and again. */
export const createHandleRecords = <Value>({ handler, timeoutMs, breaker }: HandleOptions<Value>) => {
  let answeredAt = Number.NEGATIVE_INFINITY;

  const call = async (values: readonly ConsumedRecord<Value>[], { streak, stop }: Run) => {
    const result = await runHandler(handler.handle, values, { timeoutMs, failures: streak.failures, stop });
    if (!('fault' in result)) {
      answeredAt = performance.now();
      breaker.succeeded();
    } else if (result.fault.isDependency && !result.fault.mayBeARecord) {
      breaker.failed();
    }
    return result;
  };

  return async (values: readonly ConsumedRecord<Value>[], run: Run): Promise<Judged> => {
    if (values.length === 0) return { outcomes: [] };
    const result = await call(values, run);
    if ('outcomes' in result) return result;
    if ('fault' in result && !isHalved(result.fault, run.streak)) {
      return { outcomes: [], fault: result.fault };
    }
    return isolate(values, result, {
      run: (part) => call(part, run),
      isAnswering: () => answeredAt > run.streak.lastAt,
      patienceMs: timeoutMs,
    });
  };
};
