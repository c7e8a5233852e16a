import { AppError } from '@contact-sync/domain';
import { failureHeaders } from '../contracts/record-headers.ts';
import type { RawHeaders, RawRecord } from '../producer/outgoing.ts';
import type { IncomingRecord } from './consumed-record.ts';
import { type Failure, failureHeadersOf, originalHeaders } from './failure.ts';
import { carriedHeaders } from './tier-headers.ts';

type Part = 'key' | 'value' | 'headers';

/** What a letter goes without, the first time and after each that was too large. */
const omissions: readonly (readonly Part[])[] = [[], ['value'], ['value', 'headers', 'key']];

const omissionHeaders = ({ message }: IncomingRecord, omitted: readonly Part[]): RawHeaders =>
  omitted.length === 0
    ? {}
    : {
        [failureHeaders.omitted]: omitted.join(','),
        [failureHeaders.valueBytes]: String(message.value?.length ?? 0),
      };

type Letter = { readonly topic: string; readonly record: IncomingRecord; readonly failure: Failure };

const letterWithout = ({ topic, record, failure }: Letter, omitted: readonly Part[]): RawRecord => ({
  topic,
  key: omitted.includes('key') ? null : record.message.key,
  value: omitted.includes('value') ? null : record.message.value,
  headers: {
    ...(omitted.includes('headers') ? {} : originalHeaders(record)),
    ...carriedHeaders(record),
    ...failureHeadersOf(failure),
    ...(record.unreadable && { [failureHeaders.records]: String(record.unreadable.records) }),
    ...omissionHeaders(record, omitted),
  },
});

export const isTooLarge = (error: unknown): boolean =>
  error instanceof AppError && error.code === 'PAYLOAD_TOO_LARGE';

/**
 * Writes a record to a topic of dead letters, with its bytes, key and headers as they came. Where that is too large it
 * goes without its value, then without its headers and key, and says so. Rejects as `publish` does.
 */
export const publishDeadLetter = async (
  publish: (record: RawRecord) => Promise<unknown>,
  letter: Letter,
): Promise<void> => {
  const [first = [], ...further] = omissions;
  let sent = publish(letterWithout(letter, first));
  for (const omitted of further) {
    sent = sent.catch((error: unknown) => {
      if (!isTooLarge(error)) throw error;
      return publish(letterWithout(letter, omitted));
    });
  }
  await sent;
};
