import { afterEach, expect, test } from 'vitest';
import {
  type AcmeContactCreated,
  acmeContactCreated,
  type BatchConsumer,
  type ConsumedRecord,
  createBatchConsumer,
  defineHandler,
  done,
} from '../src/index.ts';
import { createdEvent } from './support/events.ts';
import { eventually } from './support/eventually.ts';
import {
  connectClient,
  connectCodec,
  connectProducer,
  ownGroup,
  ownTopic,
  silent,
} from './support/servers.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const resource of open.splice(0).toReversed()) await resource.close();
});
const keep = <T>(resource: T, close: () => Promise<void>): T => {
  open.push({ close });
  return resource;
};

test('what was sent arrives once each, in the order of its key, with its headers', async () => {
  const client = connectClient();
  const codec = connectCodec();
  const topic = await ownTopic(client, acmeContactCreated, { partitions: 3 });
  const producer = await connectProducer(client, codec, [topic]);
  keep(producer, () => producer.close());
  const events = Array.from({ length: 300 }, (_, index) =>
    createdEvent({ contactId: `contact-${index % 7}`, sourceVersion: index + 1 }),
  );

  const receipts = await Promise.all(
    events.map((value) => producer.send(topic, { value, headers: { 'secret-id': 's1' } })),
  );

  const seen: ConsumedRecord<AcmeContactCreated>[] = [];
  const consumer: BatchConsumer = createBatchConsumer({
    client,
    codec,
    producer,
    groupId: ownGroup(),
    handler: defineHandler([topic], async (records) => {
      seen.push(...records);
      return records.map(() => done('applied'));
    }),
    logger: silent,
    onFatal: (error) => {
      throw error;
    },
  });
  keep(consumer, () => consumer.stop());
  await consumer.start();
  await eventually(() => expect(seen).toHaveLength(300));

  for (const [index, receipt] of receipts.entries()) {
    const record = seen.find(
      ({ origin }) => origin.partition === receipt.partition && origin.offset === receipt.offset,
    );
    expect(record?.value).toEqual(events[index]);
    expect(record?.key).toBe(events[index]?.contactId);
    expect(record?.headers).toMatchObject({
      'event-id': events[index]?.eventId,
      'event-type': 'contact.created',
      'secret-id': 's1',
    });
  }
  for (let key = 0; key < 7; key += 1) {
    const versions = seen
      .filter((record) => record.key === `contact-${key}`)
      .map(({ value }) => value.sourceVersion);
    expect(versions).toEqual(versions.toSorted((a, b) => a - b));
  }
});
