import { retryHeaders } from '../contracts/record-headers.ts';
import type { RawRecord } from '../producer/outgoing.ts';
import type { IncomingRecord } from './consumed-record.ts';
import { type Failure, failureHeadersOf, originalHeaders } from './failure.ts';
import type { RecordRoute } from './outcome-recorder.ts';
import { carriedHeaders } from './tier-headers.ts';

/** A record as it waits on a tier: its bytes, key and headers as they came, what failed, and when it is due. */
export const retryRecord = (
  record: IncomingRecord,
  { topic, dueAt }: Extract<RecordRoute, { kind: 'tier' }>,
  failure: Failure,
): RawRecord => ({
  topic,
  key: record.message.key,
  value: record.message.value,
  headers: {
    ...originalHeaders(record),
    ...carriedHeaders(record),
    ...failureHeadersOf(failure),
    [retryHeaders.dueAt]: String(dueAt),
  },
});
