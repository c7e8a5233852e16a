import { failureHeaders, originHeaders, replayHeaders, retryHeaders } from '../contracts/record-headers.ts';
import type { RawHeaders } from '../producer/outgoing.ts';
import type { IncomingRecord, Origin } from './consumed-record.ts';
import type { ReplayMark } from './outcome-recorder.ts';

type Headers = Readonly<Record<string, string>>;

/** What a record on a tier carries of its past. */
export type TierHeaders = {
  readonly origin: Origin;
  readonly attempts: number;
  readonly dueAt: number;
  readonly firstFailureAt?: string;
  readonly replay?: ReplayMark;
};

const isWhole = (text: string): boolean => /^\d{1,19}$/.test(text);

const numberOr = (text: string | undefined, otherwise: number): number =>
  text !== undefined && isWhole(text) ? Number(text) : otherwise;

const originOf = (headers: Headers): Origin | undefined => {
  const {
    topic = '',
    partition = '',
    offset = '',
    timestamp = '',
  } = Object.fromEntries(Object.entries(originHeaders).map(([name, header]) => [name, headers[header]]));
  if (topic === '' || !isWhole(offset) || !isWhole(partition) || !isWhole(timestamp)) return undefined;
  return { topic, partition: Number(partition), offset, timestamp: Number(timestamp) };
};

const replayIn = (headers: Headers): ReplayMark | undefined => {
  const id = headers[replayHeaders.id];
  return id === undefined ? undefined : { id, count: numberOr(headers[replayHeaders.count], 1) };
};

/** Undefined unless the headers say all of an origin, in numbers that Kafka has. */
export const readTierHeaders = (headers: Headers): TierHeaders | undefined => {
  const origin = originOf(headers);
  if (origin === undefined) return undefined;
  const firstFailureAt = headers[failureHeaders.firstFailureAt];
  const replay = replayIn(headers);
  return {
    origin,
    attempts: numberOr(headers[failureHeaders.attempts], 0),
    dueAt: numberOr(headers[retryHeaders.dueAt], 0),
    ...(firstFailureAt !== undefined && { firstFailureAt }),
    ...(replay !== undefined && { replay }),
  };
};

/** Where the record stood first and which replay brought it, as headers of what it becomes next. */
export const carriedHeaders = ({
  origin,
  replay,
}: Pick<IncomingRecord, 'origin' | 'replay'>): RawHeaders => ({
  [originHeaders.topic]: origin.topic,
  [originHeaders.partition]: String(origin.partition),
  [originHeaders.offset]: origin.offset,
  [originHeaders.timestamp]: String(origin.timestamp),
  ...(replay !== undefined && {
    [replayHeaders.id]: replay.id,
    [replayHeaders.count]: String(replay.count),
  }),
});
