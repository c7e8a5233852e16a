import type { IncomingRecord } from './consumed-record.ts';

export type Attempts = { readonly count: number; readonly firstFailureAt: string };

/** How often records have failed in this process; forgotten when they are settled. */
export const createAttempts = () => {
  const byRecord = new Map<string, Attempts>();
  const keyOf = ({ topic, partition, message }: IncomingRecord) => `${topic} ${partition} ${message.offset}`;

  return {
    /** Counts one more failure of the record and returns them all. */
    failed(record: IncomingRecord): Attempts {
      const before = byRecord.get(keyOf(record));
      const attempts = {
        count: (before?.count ?? 0) + 1,
        firstFailureAt: before?.firstFailureAt ?? new Date().toISOString(),
      };
      byRecord.set(keyOf(record), attempts);
      return attempts;
    },
    settled: (record: IncomingRecord): boolean => byRecord.delete(keyOf(record)),
  };
};
