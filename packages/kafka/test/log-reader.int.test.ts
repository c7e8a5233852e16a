import { eventually } from '@contact-sync/testing';
import { expect, onTestFinished, test } from 'vitest';
import { acmeContactCreated, createLogReader, type LogPlace, type LogReader } from '../src/index.ts';
import { createdEvent } from './support/events.ts';
import {
  connectClient,
  connectCodec,
  connectProducer,
  connectThroughProxy,
  ownTopic,
} from './support/servers.ts';

const open = (client = connectClient()): LogReader => {
  const reader = createLogReader(client);
  onTestFinished(() => reader.close());
  return reader;
};

const setUp = async (partitions = 1) => {
  const client = connectClient();
  const contract = await ownTopic(client, acmeContactCreated, { partitions });
  const producer = await connectProducer(client, connectCodec(), [contract]);
  const { topic } = contract;
  const send = (value: string, key = 'key') =>
    producer.sendRaw({ topic, key, value: Buffer.from(value), headers: { twice: ['a', null] } });
  return { contract, topic, producer, send };
};

const valuesOf = (slices: Awaited<ReturnType<LogReader['read']>>) =>
  slices.flatMap(({ records }) => records.map(({ value }) => String(value)));

test('one record is read back from its place, bytes and headers as they came', async () => {
  const { topic, send } = await setUp(3);
  await send('before');
  const place = await send('it');
  await send('after');
  const [slice] = await open().read([place]);
  expect(slice?.records[0]).toMatchObject({
    ...place,
    key: Buffer.from('key'),
    value: Buffer.from('it'),
    headers: { twice: [Buffer.from('a'), null] },
  });
  expect(valuesOf(slice === undefined ? [] : [slice])).toEqual(['it', 'after']);
  expect(slice).toMatchObject({ topic, partition: place.partition, next: '3' });
});

test('going on from `next` meets every record of every partition once, and waits for what is to come', async () => {
  const { contract, topic, producer, send } = await setUp(3);
  const events = Array.from({ length: 60 }, (_, index) => createdEvent({ contactId: `contact-${index}` }));
  await Promise.all(events.map((value) => producer.send(contract, { value })));
  const reader = open();
  const bounds = await reader.bounds([topic]);
  expect(
    bounds.map(({ first, end }) => Number(end) - Number(first)).reduce((sum, count) => sum + count),
  ).toBe(60);
  let places: readonly LogPlace[] = bounds.map(({ first, ...partition }) => ({
    ...partition,
    offset: first,
  }));
  const keys: string[] = [];
  const step = async (waitMs: number) => {
    const slices = await reader.read(places, { maxBytes: 2_000, waitMs });
    keys.push(...slices.flatMap(({ records }) => records.map(({ key }) => String(key))));
    places = slices.map(({ next, ...partition }) => ({ ...partition, offset: next }));
  };
  await eventually(async () => {
    await step(0);
    expect(keys).toHaveLength(60);
  });
  expect(new Set(keys)).toEqual(new Set(events.map(({ contactId }) => contactId)));
  const waiting = step(10_000);
  await send('late', 'late');
  await waiting;
  expect(keys.at(-1)).toBe('late');
});

test('a time is the place of the first record of then or later, and the end where there is none', async () => {
  const { topic, send } = await setUp();
  await send('old');
  const reader = open();
  const [old] = await reader.read([{ topic, partition: 0, offset: '0' }]);
  const time = old?.records[0]?.timestamp ?? 0;
  expect(await reader.placesAt([topic], time)).toEqual([{ topic, partition: 0, offset: '0' }]);
  expect(await reader.placesAt([topic], time + 60_000)).toEqual([{ topic, partition: 0, offset: '1' }]);
});

test('a place that the partition does not have counts as its first', async () => {
  const { topic, send } = await setUp();
  await send('only');
  expect(valuesOf(await open().read([{ topic, partition: 0, offset: '999' }]))).toEqual(['only']);
});

test('while brokers or topics are away it says so, and goes on once they are there', async () => {
  const { topic, send } = await setUp();
  await send('kept');
  const { client, proxy } = await connectThroughProxy();
  const reader = open(client);
  const from = [{ topic, partition: 0, offset: '0' }];
  const away = { code: 'DEPENDENCY_UNAVAILABLE', retryable: true };
  await expect(reader.bounds([`${topic}-no`])).rejects.toMatchObject(away);
  proxy.setBehaviour({ kind: 'refuse' });
  proxy.cutAll();
  await expect(reader.read(from)).rejects.toMatchObject(away);
  proxy.setBehaviour({ kind: 'pass' });
  await eventually(async () => expect(valuesOf(await reader.read(from))).toEqual(['kept']));
});
