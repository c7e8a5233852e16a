import { type LogReader, sourceEventContracts } from '@contact-sync/kafka';
import type { LiveRate } from './ports.ts';

const topics = sourceEventContracts.map(({ topic }) => topic);
const shortestMs = 500;

/** By how much the topics of events have grown. */
export const createLiveRate = (
  reader: Pick<LogReader, 'bounds'>,
  /** Monotonic, in milliseconds. */
  now: () => number,
): LiveRate => {
  let last: { readonly records: number; readonly at: number; readonly rate: number } | undefined;
  return {
    perSecond: async () => {
      const at = now();
      if (last !== undefined && at - last.at < shortestMs) return last.rate;
      const bounds = await reader.bounds(topics);
      const records = bounds.reduce((sum, { end }) => sum + Number(end), 0);
      const rate = last === undefined ? 0 : ((records - last.records) * 1_000) / (at - last.at);
      last = { records, at, rate };
      return rate;
    },
  };
};
