import { readFileSync } from 'node:fs';
import {
  failureHeaders,
  originHeaders,
  replayHeaders,
  type TopicReader,
  webhookQuarantine,
} from '@contact-sync/kafka';
import type { Json } from './channels.ts';

const released = new URL('../../../packages/kafka/released/', import.meta.url);

const text = (description: string, more: Record<string, Json> = {}) => ({
  type: 'string',
  description,
  ...more,
});

const traceparent = text('W3C Trace Context of the request that caused the record, where tracing is on.');

const eventHeaders = (eventId: string, eventType: string) => ({
  'event-id': text(eventId),
  'event-type': text(eventType),
});

const headersOf = (topic: string): { properties: Record<string, Json>; required: string[] } => {
  if (topic === webhookQuarantine.topic) {
    const properties = {
      'event-id': text("AcmeCRM's id of the event, where it could be read."),
      'secret-id': text('Which shared secret signed the delivery; never the secret.'),
    };
    return { properties, required: [] };
  }
  if (topic.startsWith('integration.')) {
    const properties = { ...eventHeaders('The id of this event.', 'As in the value.'), traceparent };
    return { properties, required: ['event-id', 'event-type'] };
  }
  const secretId = text('Which shared secret signed the delivery; never the secret.');
  const properties = { ...eventHeaders("AcmeCRM's id of the event.", 'As in the value.') };
  return {
    properties: { ...properties, 'secret-id': secretId, traceparent },
    required: ['event-id', 'event-type', 'secret-id'],
  };
};

const exampleOf = (subject: string, name: 'full' | 'minimal'): Json =>
  JSON.parse(readFileSync(new URL(`${subject}/v1.${name}.json`, released), 'utf8'));

const exampleHeaders = (payload: Json, required: readonly string[]): Json => {
  const { eventId, eventType } = payload as { eventId?: string; eventType?: string };
  const known = { 'event-id': eventId ?? '', 'event-type': eventType ?? '', 'secret-id': 'acme-1' };
  return Object.fromEntries(Object.entries(known).filter(([name]) => required.includes(name)));
};

/** What stands on a topic with a schema of its own, with the records that were kept with its release. */
export const messageOf = ({ topic, schema, subject }: TopicReader<unknown>): Json => {
  const { doc, namespace, name } = schema as { doc: string; namespace: string; name: string };
  const { properties, required } = headersOf(topic);
  const isQuarantine = topic === webhookQuarantine.topic;
  return {
    name: `${namespace}.${name}`,
    title: topic,
    summary: doc,
    contentType: 'application/vnd.apache.avro',
    headers: { type: 'object', properties, required },
    payload: { schemaFormat: 'application/vnd.apache.avro+json;version=1.9.0', schema: schema as Json },
    bindings: {
      kafka: {
        key: text(isQuarantine ? 'The id of the quarantined delivery.' : 'Our id of the contact.', {
          format: 'uuid',
        }),
        schemaIdLocation: 'payload',
        schemaIdPayloadEncoding: 'confluent',
        schemaLookupStrategy: 'TopicIdStrategy',
        bindingVersion: '0.5.0',
      },
    },
    examples: (['full', 'minimal'] as const).map((example) => {
      const payload = exampleOf(subject, example);
      return { name: example, headers: exampleHeaders(payload, required), payload };
    }),
  };
};

const originTexts: Readonly<Record<keyof typeof originHeaders, string>> = {
  topic: 'Where the record stood first.',
  partition: 'Its partition there.',
  offset: 'Its offset there.',
  timestamp: 'Its timestamp there, in ms since 1970.',
};

const failureTexts: Readonly<Record<keyof typeof failureHeaders, string>> = {
  attempts: 'How often it was tried, since its topic or since its last replay.',
  firstFailureAt: 'RFC 3339.',
  lastFailureAt: 'RFC 3339.',
  stage: 'What failed: decoding, handling or another stage.',
  code: 'The error code; see error-codes.md.',
  pointer: 'Which member is at fault, where that is known.',
  fingerprint: 'The same for letters that failed alike.',
  records: 'How many records the letter stands for, where a whole batch cannot be read.',
  omitted: 'What the letter goes without because it would be too large.',
  valueBytes: 'How large the value was that it goes without.',
};

const replayTexts: Readonly<Record<keyof typeof replayHeaders, string>> = {
  id: 'The replay that brought the record back last, if any.',
  count: 'How often it has been replayed.',
};

const described = <Name extends string>(
  names: Readonly<Record<Name, string>>,
  texts: Readonly<Record<Name, string>>,
) =>
  Object.fromEntries(
    (Object.entries(names) as [Name, string][]).map(([name, header]) => [header, text(texts[name])]),
  );

/** A record that can never work: its own bytes, key and headers, and headers that say why. */
export const deadLetterMessage: Json = {
  name: 'contact-sync.DeadLetter',
  title: 'Dead letter',
  summary: 'A record as it came, with where it stood and why it is here. Its value may be no Avro at all.',
  contentType: 'application/octet-stream',
  headers: {
    type: 'object',
    properties: {
      ...described(originHeaders, originTexts),
      ...described(failureHeaders, failureTexts),
      ...described(replayHeaders, replayTexts),
    },
    required: [...Object.values(originHeaders), failureHeaders.code, failureHeaders.stage],
  },
};

/** What somebody, or a replay, decided about a letter; for event-worker's index alone. */
export const letterDecisionMessage: Json = {
  name: 'contact-sync.LetterDecision',
  title: 'Decision about a letter',
  summary:
    'Which letter, as it stood at which place, was replayed, returned, discarded or erased; by whom, when and why.',
  contentType: 'application/json',
  payload: {
    type: 'object',
    required: ['id', 'kind', 'at', 'by', 'reason', 'place'],
    properties: {
      id: text('Where the record stood first: topic, partition and offset.'),
      kind: text('What was decided.', { enum: ['replayed', 'returned', 'discarded', 'erased'] }),
      at: { type: 'integer', description: 'Milliseconds since 1970.' },
      by: text('The id of the user or machine.'),
      reason: text('Why.'),
      replayId: text('By which replay.'),
      replays: { type: 'integer', description: 'How often it has been replayed, of one that returned.' },
      place: {
        type: 'object',
        description: 'Where the letter stood that it is about.',
        required: ['topic', 'partition', 'offset'],
        properties: {
          topic: text('Its topic.'),
          partition: { type: 'integer' },
          offset: text('Its offset.'),
        },
      },
    },
  },
};
