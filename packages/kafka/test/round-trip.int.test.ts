import { eventually } from '@contact-sync/testing';
import { expect, onTestFinished, test } from 'vitest';
import {
  type AcmeContactCreated,
  acmeContactCreated,
  type Compression,
  type ConsumedRecord,
  createBatchConsumer,
  defineHandler,
  done,
} from '../src/index.ts';
import { createdEvent } from './support/events.ts';
import { readTopic } from './support/read-topic.ts';
import {
  connectClient,
  connectCodec,
  connectProducer,
  ownGroup,
  ownTopic,
  silent,
} from './support/servers.ts';

const setUp = async (partitions: number, compression: Compression) => {
  const client = connectClient();
  const codec = connectCodec();
  const topic = await ownTopic(client, acmeContactCreated, { partitions });
  const producer = await connectProducer(client, codec, [topic], { compression });
  const seen: ConsumedRecord<AcmeContactCreated>[] = [];
  const handler = defineHandler([topic], async (records) => {
    seen.push(...records);
    return records.map(() => done('applied'));
  });
  const onFatal = (error: Error) => {
    throw error;
  };
  const options = { client, codec, producer, groupId: ownGroup(), handler, logger: silent, onFatal };
  const consumer = createBatchConsumer(options);
  onTestFinished(() => consumer.stop());
  await consumer.start();
  return { topic, producer, seen };
};

test('what was sent arrives once each, at the place of its receipt, in the order of its key, with its headers', async () => {
  const { topic, producer, seen } = await setUp(3, 'none');
  const events = Array.from({ length: 300 }, (_, index) =>
    createdEvent({ contactId: `contact-${index % 7}`, sourceVersion: index + 1 }),
  );

  const receipts = await Promise.all(
    events.map((value) => producer.send(topic, { value, headers: { 'secret-id': 's1' } })),
  );
  await eventually(() => expect(seen).toHaveLength(300));

  for (const [index, { partition, offset }] of receipts.entries()) {
    const record = seen.find(({ origin }) => origin.partition === partition && origin.offset === offset);
    expect(record?.value).toEqual(events[index]);
    expect(record?.key).toBe(events[index]?.contactId);
    expect(record?.headers).toMatchObject({
      'event-id': events[index]?.eventId,
      'event-type': 'contact.created',
      'secret-id': 's1',
    });
  }
  for (let key = 0; key < 7; key += 1) {
    const own = seen.filter((record) => record.key === `contact-${key}`);
    const versions = own.map(({ value }) => value.sourceVersion);
    expect(versions).toEqual(versions.toSorted((a, b) => a - b));
    expect(new Set(own.map(({ origin }) => origin.partition)).size).toBe(1);
  }
});

test.each(['gzip', 'snappy', 'zstd'] as const)('batches packed with %s are read', async (compression) => {
  const { topic, producer, seen } = await setUp(1, compression);
  const events = Array.from({ length: 50 }, () => createdEvent({ extra: { filler: 'x'.repeat(500) } }));
  await Promise.all(events.map((value) => producer.send(topic, { value })));
  await eventually(() => expect(seen.map(({ value }) => value)).toEqual(events));
});

test('our encoder and our reading of records are in force in the running client', async () => {
  const client = connectClient();
  const topic = await ownTopic(client, acmeContactCreated);
  const producer = await connectProducer(client, connectCodec(), []);
  // kafkajs's own encoder throws at a null header, and its reader makes a list of one with this name.
  const headers = { none: null, constructor: 'x' };
  await producer.sendRaw({ topic: topic.topic, key: 'k', value: Buffer.from('v'), headers });
  const [record] = await readTopic(client, topic.topic);
  expect(record?.headers).toEqual({ none: null, constructor: Buffer.from('x') });
});
