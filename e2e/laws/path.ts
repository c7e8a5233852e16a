import { createTestApp } from '@contact-sync/contact-service/testing';
import { type SourceEvent, toSourceEvent } from '@contact-sync/domain';
import { contactSyncHandler, createHttpContactApplier } from '@contact-sync/event-worker/testing';
import {
  acmeContactCreated,
  acmeContactDeleted,
  acmeContactUpdated,
  allContracts,
  type ConsumedRecord,
  createCodec,
  deadLetter,
  type Outcome,
  type TopicReader,
} from '@contact-sync/kafka';
import { parseBody, readEvent } from '@contact-sync/webhook-ingest/testing';

const receivedAt = '2026-01-01T00:00:00.000Z';

/** What became of a delivery of one event. */
export type Arrival =
  | { readonly kind: 'not taken' }
  | { readonly kind: 'taken'; readonly contactId: string; readonly outcome: Outcome | undefined };

const createPathCodec = async () => {
  const schemas: string[] = [];
  const codec = createCodec({
    registry: {
      idOf: async (_subject, schema) => schemas.push(JSON.stringify(schema)),
      schemaOf: async (id) => schemas[id - 1],
    },
  });
  await codec.prepare(allContracts);
  const encode = (event: SourceEvent): Buffer => {
    switch (event.eventType) {
      case 'contact.created':
        return codec.encode(acmeContactCreated, { ...event, eventType: event.eventType });
      case 'contact.updated':
        return codec.encode(acmeContactUpdated, { ...event, eventType: event.eventType });
      case 'contact.deleted':
        return codec.encode(acmeContactDeleted, event);
    }
  };
  const readerOf: Readonly<Record<SourceEvent['eventType'], TopicReader<SourceEvent>>> = {
    'contact.created': acmeContactCreated,
    'contact.updated': acmeContactUpdated,
    'contact.deleted': acmeContactDeleted,
  };
  return async (event: SourceEvent): Promise<SourceEvent> =>
    codec.decode(readerOf[event.eventType], encode(event));
};

/**
 * The path of one event (design section 1) through the real parsers of all hops: ingest's, Avro's, the worker's and the
 * apply route's, with a store in memory and without servers.
 */
export const createPath = async () => {
  const test = await createTestApp();
  const throughAvro = await createPathCodec();
  const applier = createHttpContactApplier({
    tokens: { getToken: async () => test.workerToken, invalidate: () => undefined },
    http: {
      close: () => test.app.close(),
      request: async ({ method, path, headers = {}, body = '' }) => {
        const answer = await test.app.inject({ method, url: path, payload: body, headers });
        return { status: answer.statusCode, headers: {}, text: answer.body, json: answer.json() };
      },
    },
  });
  const { handle } = contactSyncHandler(applier);
  const send = async (body: Buffer): Promise<Arrival> => {
    const [item] = parseBody(body).items;
    const read = item && readEvent(item);
    if (read?.kind !== 'valid') return { kind: 'not taken' };
    const value = await throughAvro(toSourceEvent(read.event, receivedAt));
    const record = { value } as ConsumedRecord<SourceEvent>;
    const answer = await handle([record], { signal: new AbortController().signal, failures: 0 });
    const outcome = 'refused' in answer ? deadLetter(answer.refused) : answer[0];
    return { kind: 'taken', contactId: value.contactId, outcome };
  };
  return { send, get: test.get };
};
