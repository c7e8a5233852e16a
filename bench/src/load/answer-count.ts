export type AnswerCountOptions = {
  readonly seconds: number;
  /** How many requests each connection has; infinite where they may repeat. */
  readonly perConnection: number;
  readonly expectedStatus: number;
  /** Milliseconds. */
  readonly now: () => number;
};

/** What was counted: answers within the time, and all that came before the connections were closed. */
export type Counted = { readonly answers: number; readonly seconds: number; readonly answersInAll: number };

/**
 * Counts answers from its start until the time is over, or until the first connection has sent all that it has: from
 * then on the others would be measured without it.
 */
export const createAnswerCount = ({ seconds, perConnection, expectedStatus, now }: AnswerCountOptions) => {
  const statuses = new Map<number, number>();
  const answeredBy = new Map<object, number>();
  let startedAt = now();
  let end: { readonly answers: number; readonly seconds: number } | undefined;
  let answers = 0;
  return {
    start: () => {
      startedAt = now();
    },
    /** True with the answer that ends the count. */
    add(connection: object, status: number): boolean {
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (end !== undefined) return false;
      answers += 1;
      const answered = (answeredBy.get(connection) ?? 0) + 1;
      answeredBy.set(connection, answered);
      const elapsed = (now() - startedAt) / 1_000;
      if (elapsed < seconds && answered < perConnection) return false;
      end = { answers, seconds: elapsed };
      return true;
    },
    /** @throws {Error} when an answer was another than expected, or the requests did not last for half of the time. */
    result(): Counted {
      const text = [...statuses].map(([status, times]) => `${times} × ${status}`).join(', ');
      if (end === undefined) throw new Error(`the count did not come to its end; answers: ${text || 'none'}`);
      if (statuses.size > 1 || !statuses.has(expectedStatus)) {
        throw new Error(`only ${expectedStatus} was expected; answers: ${text}`);
      }
      if (end.seconds < seconds / 2) {
        throw new Error(`the requests were used up after ${end.seconds.toFixed(1)} of ${seconds} s`);
      }
      return { ...end, answersInAll: statuses.get(expectedStatus) ?? 0 };
    },
  };
};
