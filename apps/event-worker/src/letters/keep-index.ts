import type { Codec, LogBounds, LogPlace, LogReader } from '@contact-sync/kafka';
import type { Lease } from '../leases.ts';
import { factOf } from './fact-of.ts';
import type { Fact } from './facts.ts';
import type { IndexSummary, LetterIndex } from './ports.ts';

export type KeeperPorts = {
  readonly index: LetterIndex;
  /** Of its own, for it waits. */
  readonly reader: Pick<LogReader, 'bounds' | 'read'>;
  readonly codec: Pick<Codec, 'decode'>;
  readonly lease: Lease;
  /** Hears how many letters there are, now and then and after each change; undefined while another copy keeps the index. */
  readonly tell?: (summary: IndexSummary | undefined) => void;
};

export type KeeperOptions = {
  readonly topics: readonly string[];
  /** The one of them that holds decisions. */
  readonly decisions: string;
  /** How long one step waits for a letter, in milliseconds. */
  readonly waitMs: number;
  /** How often the partitions are asked what they still have, in milliseconds. */
  readonly boundsEveryMs: number;
  /** Monotonic, in milliseconds. */
  readonly now: () => number;
};

/** Of one partition in one step: a few hundred letters, so that what is written at once stays small. */
const maxBytes = 131_072;

const isPartition = (
  one: Pick<LogPlace, 'topic' | 'partition'>,
  other: Pick<LogPlace, 'topic' | 'partition'>,
) => one.topic === other.topic && one.partition === other.partition;

const firstOf = ({ topic, partition, first }: LogBounds): LogPlace => ({ topic, partition, offset: first });

/** Where to go on in every partition. */
export const placesToRead = (bounds: readonly LogBounds[], places: readonly LogPlace[]): LogPlace[] =>
  bounds.map((bound) => places.find((place) => isPartition(place, bound)) ?? firstOf(bound));

/**
 * Keeps the index in step with the topics. It keeps its places with the letters (docs/adr/0039): whatever Redis lost of the
 * one it lost of the other, and it is read again.
 */
export const createIndexStep = (
  { index, reader, codec, lease, tell = () => undefined }: KeeperPorts,
  options: KeeperOptions,
) => {
  let known: { readonly bounds: readonly LogBounds[]; readonly until: number } | undefined;

  const bounds = async (): Promise<readonly LogBounds[]> => {
    if (known !== undefined && options.now() < known.until) return known.bounds;
    const found = await reader.bounds(options.topics);
    known = { bounds: found, until: options.now() + options.boundsEveryMs };
    await index.expire(found.map(firstOf));
    tell(await index.summary());
    return found;
  };

  return async (): Promise<boolean> => {
    if (!(await lease.take())) {
      known = undefined;
      tell(undefined);
      return false;
    }
    const partitions = await bounds();
    const position = await index.position();
    const from = placesToRead(partitions, position.places);
    const slices = await reader.read(from, { waitMs: options.waitMs, maxBytes });
    const moved = slices.filter(
      (slice) => slice.next !== from.find((place) => isPartition(place, slice))?.offset,
    );
    if (moved.length === 0) return true;
    const facts: Fact[] = [];
    for (const record of moved.flatMap(({ records }) => records)) {
      const fact = await factOf(codec, record, options.decisions);
      if (fact !== undefined) facts.push(fact);
    }
    const places = moved.map(({ topic, partition, next }) => ({ topic, partition, offset: next }));
    await index.write(position, facts, places);
    if (facts.length > 0) tell(await index.summary());
    return true;
  };
};
