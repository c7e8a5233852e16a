import {
  failureHeaders,
  type LogRecord,
  type Origin,
  originHeaders,
  type RawHeaders,
  replayHeaders,
} from '@contact-sync/kafka';
import { headerText } from './header-text.ts';
import type { Letter } from './letter.ts';
import { letterIdOf } from './letter-id.ts';

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const eventIdLength = 128;

const wholeNumber = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;

/** Where the record stood first; a letter that does not say so stands for itself. */
const originOf = (record: LogRecord): Origin => {
  const { topic, partition, offset, timestamp } = record;
  const text = (name: keyof typeof originHeaders) => headerText(record.headers, originHeaders[name]);
  const [first, at] = [wholeNumber(text('partition')), wholeNumber(text('timestamp'))];
  const [firstTopic, firstOffset] = [text('topic'), text('offset')];
  if (firstTopic === undefined || first === undefined || !/^\d{1,19}$/.test(firstOffset ?? '')) {
    return { topic, partition, offset, timestamp };
  }
  return { topic: firstTopic, partition: first, offset: firstOffset ?? '', timestamp: at ?? timestamp };
};

const present = <Name extends string>(name: Name, value: string | undefined) =>
  value === undefined ? {} : ({ [name]: value } as { readonly [Key in Name]: string });

/** What headers of a record say that any producer may have written: taken where it can be what it says. */
const eventOf = (headers: RawHeaders) => ({
  ...present('eventId', headerText(headers, 'event-id', eventIdLength)),
  ...present('eventType', headerText(headers, 'event-type', eventIdLength)),
});

const contactOf = (key: Buffer | null) => {
  const text = key?.toString() ?? '';
  return uuid.test(text) ? { contactId: text } : {};
};

/** A record of a dead-letter topic as a letter. Whatever stands there is one. */
export const readLetter = (record: LogRecord): Letter => {
  const { headers, topic, partition, offset } = record;
  const failure = (name: keyof typeof failureHeaders) => headerText(headers, failureHeaders[name]);
  const origin = originOf(record);
  return {
    id: letterIdOf(origin),
    kind: 'dead-letter',
    origin,
    place: { topic, partition, offset },
    at: record.timestamp,
    stage: failure('stage') ?? 'unknown',
    code: failure('code') ?? 'UNKNOWN',
    ...present('pointer', failure('pointer')),
    fingerprint: failure('fingerprint') ?? 'unknown',
    ...contactOf(record.key),
    ...eventOf(headers),
    attempts: wholeNumber(failure('attempts')) ?? 1,
    ...present('firstFailureAt', failure('firstFailureAt')),
    ...present('lastFailureAt', failure('lastFailureAt')),
    replays: wholeNumber(headerText(headers, replayHeaders.count)) ?? 0,
    ...present('replayId', headerText(headers, replayHeaders.id)),
    ...present('omitted', failure('omitted')),
  };
};
