import type { LogPlace, LogReader, LogRecord } from '@contact-sync/kafka';

const placeKey = ({ topic, partition, offset }: LogPlace): string => `${topic} ${partition} ${offset}`;

const compareOffsets = (one: LogPlace, other: LogPlace): number => {
  const difference = BigInt(one.offset) - BigInt(other.offset);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};

/** Of one partition, in steps that skip what nobody asked for. */
const readPartition = async (
  reader: Pick<LogReader, 'read'>,
  places: readonly LogPlace[],
): Promise<LogRecord[]> => {
  const wanted = places.toSorted(compareOffsets);
  const asked = new Set(wanted.map(placeKey));
  const found: LogRecord[] = [];
  let next = 0;
  while (next < wanted.length) {
    const from = wanted[next] as LogPlace;
    const [slice] = await reader.read([from]);
    if (slice === undefined) break;
    found.push(...slice.records.filter((record) => asked.has(placeKey(record))));
    const end = BigInt(slice.next);
    if (end <= BigInt(from.offset)) break;
    while (next < wanted.length && BigInt((wanted[next] as LogPlace).offset) < end) next += 1;
  }
  return found;
};

/**
 * The records at these places, by {@link placeKey}; those that Kafka has let go of are absent.
 *
 * @throws {AppError} retryable, while Kafka is away.
 */
export const readRecords = async (
  reader: Pick<LogReader, 'read'>,
  places: readonly LogPlace[],
): Promise<(place: LogPlace) => LogRecord | undefined> => {
  const found = new Map<string, LogRecord>();
  for (const own of Map.groupBy(places, ({ topic, partition }) => `${topic} ${partition}`).values()) {
    for (const record of await readPartition(reader, own)) found.set(placeKey(record), record);
  }
  return (place) => found.get(placeKey(place));
};
