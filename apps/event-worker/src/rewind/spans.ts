import type { LogReader, LogRecord } from '@contact-sync/kafka';
import type { Span } from './rewind-job.ts';

/** The stretches of the topics from a time (milliseconds since the epoch) up to now. */
export const spansSince = async (
  reader: Pick<LogReader, 'bounds' | 'placesAt'>,
  topics: readonly string[],
  time: number,
): Promise<Span[]> => {
  const bounds = await reader.bounds(topics);
  const places = await reader.placesAt(topics, time);
  return places.flatMap((place) => {
    const { topic, partition, offset } = place;
    const end = bounds.find((bound) => bound.topic === topic && bound.partition === partition)?.end ?? offset;
    return BigInt(offset) < BigInt(end) ? [{ ...place, end }] : [];
  });
};

export const lengthOf = (spans: readonly Span[]): number =>
  spans.reduce((sum, { offset, end }) => sum + Number(BigInt(end) - BigInt(offset)), 0);

const atOnce = 200;

/** The first records of the first stretch, and the stretches without them. */
export const readOn = async (
  reader: Pick<LogReader, 'read'>,
  [first, ...others]: readonly Span[],
): Promise<{
  readonly records: readonly LogRecord[];
  readonly left: readonly Span[];
  readonly place?: Span;
}> => {
  if (first === undefined) return { records: [], left: [] };
  const [slice] = await reader.read([first]);
  const within = (slice?.records ?? []).filter(({ offset }) => BigInt(offset) < BigInt(first.end));
  const records = within.slice(0, atOnce);
  const isWhole = records.length === within.length;
  const reached = isWhole ? (slice?.next ?? first.end) : (within[atOnce]?.offset ?? first.end);
  // A place without records behind it and below the end was let go by Kafka meanwhile.
  const offset = reached === first.offset ? first.end : reached;
  const isOver = BigInt(offset) >= BigInt(first.end);
  const place = { ...first, offset: isOver ? first.end : offset };
  return { records, left: isOver ? others : [place, ...others], place };
};
