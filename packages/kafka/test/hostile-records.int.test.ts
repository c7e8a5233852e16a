import { eventually } from '@contact-sync/testing';
import kafkajs from 'kafkajs';
import { expect, onTestFinished, test, vi } from 'vitest';
import { deployTopics, done, type RawRecord } from '../src/index.ts';
import { consume } from './support/consume.ts';
import { createdEvent } from './support/events.ts';
import { noting, setUp } from './support/faults.ts';

const { CompressionCodecs, CompressionTypes, ConfigResourceTypes } = kafkajs;

test('poison of every kind becomes dead letters with its bytes, and the rest is worked off', async () => {
  const world = await setUp();
  const { producer, topic, codec } = world;
  const good = codec.encode(topic, createdEvent());
  const changed = (change: (bytes: Buffer) => void) => {
    const bytes = Buffer.from(good);
    change(bytes);
    return bytes;
  };
  const poison: (Buffer | null)[] = [
    null,
    Buffer.alloc(0),
    Buffer.from('{"json": true}'),
    good.subarray(0, good.length - 5),
    changed((bytes) => bytes.writeUInt8(1, 0)),
    changed((bytes) => bytes.writeUInt32BE(2_000_000_000, 1)),
    changed((bytes) => bytes.writeUInt8(0xff, bytes.indexOf('Lovelace'))),
  ];
  const events: string[] = [];
  for (const [index, value] of poison.entries()) {
    events.push(...(await world.send(3, `before-${index}`)));
    await producer.sendRaw({
      topic: topic.topic,
      key: `poison-${index}`,
      value,
      headers: { 'event-id': `p${index}` },
    });
  }
  const { handled, handle } = noting(() => done('applied'));
  await consume({ ...world, handle });

  await eventually(async () => expect(await world.committed()).toBe(events.length + poison.length), {
    timeoutMs: 30_000,
  });
  expect(handled).toEqual(events);
  const letters = await world.readDeadLetters();
  expect(letters.map(({ value }) => value)).toEqual(poison);
  for (const [index, letter] of letters.entries()) {
    expect(letter.key?.toString()).toBe(`poison-${index}`);
    const headers = Object.fromEntries(
      Object.entries(letter.headers ?? {}).map(([name, value]) => [name, `${value}`]),
    );
    expect(headers).toMatchObject({
      'event-id': `p${index}`,
      'x-original-topic': topic.topic,
      'x-original-partition': '0',
      'x-original-offset': String(index * 4 + 3),
      'x-stage': 'decode',
      'x-code': 'UNDECODABLE',
      'x-attempts': '1',
    });
  }
});

test('whatever a producer puts beside the value stops nothing, and is in the letter as it came', async () => {
  const world = await setUp();
  const { producer, topic } = world;
  const odd: Pick<RawRecord, 'key' | 'headers'>[] = [
    { key: 'k', headers: { traceparent: null, 'event-id': null } },
    { key: 'k', headers: { twice: ['a', null, 'b'] } },
    { key: null, headers: { __proto__x: 'p', '': 'no name' } },
    {
      key: '',
      headers: Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`h${index}`, null])),
    },
    { key: Buffer.alloc(500_000, 0xff), headers: {} },
    {
      key: 'k',
      headers: {
        'x-original-topic': 'made-up',
        'x-original-partition': 'NaN',
        'x-original-offset': '-7',
        'x-original-timestamp': 'long ago',
        'x-attempts': '1e400',
      },
    },
  ];
  for (const record of odd)
    await producer.sendRaw({ topic: topic.topic, value: Buffer.from('?'), ...record });
  const events = await world.send(1);
  const { handled, handle } = noting(() => done());
  await consume({ ...world, handle });
  await eventually(async () => expect(await world.committed()).toBe(odd.length + 1), { timeoutMs: 30_000 });
  expect(handled).toEqual(events);
  const letters = await world.readDeadLetters();
  expect(letters.map(({ key }) => key?.length ?? null)).toEqual([1, 1, null, 0, 500_000, 1]);
  expect(letters[0]?.headers).toMatchObject({ traceparent: null, 'event-id': null });
  expect(letters[1]?.headers).toMatchObject({ twice: [Buffer.from('a'), null, Buffer.from('b')] });
  expect(letters[5]?.headers).toMatchObject({
    'x-original-topic': Buffer.from(topic.topic),
    'x-original-partition': Buffer.from('0'),
    'x-original-offset': Buffer.from('5'),
    'x-attempts': Buffer.from('1'),
  });
});

test('a record as large as its topic takes is a letter that goes without its bytes and says so', async () => {
  const world = await setUp();
  const { client, topic } = world;
  const sender = client.kafka.producer({ allowAutoTopicCreation: false });
  await sender.connect();
  // Between what our producers send and what the topic takes, in the value, the key and the headers.
  const large = Buffer.alloc(2_050_000, 0x7b);
  for (const message of [
    { key: 'k', value: large, headers: { 'event-id': 'e1' } },
    { key: large, value: 'v' },
    { key: 'k', value: 'v', headers: { large } },
  ]) {
    // kafkajs's own partitioner takes minutes for such a key.
    await sender.send({ topic: topic.topic, messages: [{ ...message, partition: 0 }] });
  }
  await sender.disconnect();
  await consume({ ...world, handle: noting(() => done()).handle });
  await eventually(async () => expect(await world.committed()).toBe(3), { timeoutMs: 30_000 });
  const told = (await world.readDeadLetters()).map(({ key, value, headers }) => [
    key?.toString() ?? null,
    value,
    headers?.['event-id']?.toString(),
    headers?.['x-omitted']?.toString(),
    headers?.['x-value-bytes']?.toString(),
  ]);
  expect(told).toEqual([
    ['k', null, 'e1', 'value', '2050000'],
    [null, null, undefined, 'value,headers,key', '1'],
    [null, null, undefined, 'value,headers,key', '1'],
  ]);
});

test('a topic for dead letters that takes less than the others takes a letter without its bytes', async () => {
  const world = await setUp({ deadLetters: false });
  await deployTopics(world.client, [
    { name: world.deadLetterName, partitions: 1, config: { 'max.message.bytes': '100000' } },
  ]);
  const { producer, topic } = world;
  await producer.sendRaw({ topic: topic.topic, key: 'k', value: Buffer.alloc(200_000), headers: {} });
  await consume({ ...world, handle: noting(() => done()).handle });
  await eventually(async () => expect(await world.committed()).toBe(1), { timeoutMs: 30_000 });
  const [letter] = await world.readDeadLetters();
  expect([letter?.value, letter?.headers?.['x-omitted']?.toString()]).toEqual([null, 'value']);
});

test('a batch that unpacks beyond all bounds is one letter, and what stands behind it is worked off', async () => {
  const world = await setUp();
  const { client, topic } = world;
  const sender = client.kafka.producer({ allowAutoTopicCreation: false });
  await sender.connect();
  const messages = Array.from({ length: 2 }, () => ({ key: 'k', value: Buffer.alloc(12 * 1024 * 1024) }));
  await sender.send({ topic: topic.topic, messages, compression: 4 });
  await sender.disconnect();
  const events = await world.send(2);
  const { handled, handle } = noting(() => done());
  const consumer = await consume({ ...world, handle });
  await eventually(async () => expect(await world.committed()).toBe(4), { timeoutMs: 30_000 });
  expect(handled).toEqual(events);
  expect(consumer.healthy()).toBe(true);
  const [letter, ...others] = await world.readDeadLetters();
  expect(others).toEqual([]);
  expect(letter?.headers).toMatchObject({
    'x-stage': Buffer.from('codec'),
    'x-records': Buffer.from('2'),
    'x-original-offset': Buffer.from('1'),
  });
});

test('what the broker packs with LZ4 is read', async () => {
  const world = await setUp();
  const admin = world.client.kafka.admin();
  await admin.connect();
  const configEntries = [{ name: 'compression.type', value: 'lz4' }];
  const resources = [{ type: ConfigResourceTypes.TOPIC, name: world.topic.topic, configEntries }];
  await admin.alterConfigs({ validateOnly: false, resources });
  await admin.disconnect();
  const unpack = vi.spyOn(CompressionCodecs, CompressionTypes.LZ4);
  onTestFinished(() => unpack.mockRestore());
  const { handled, handle } = noting(() => done());
  await consume({ ...world, handle });
  // The answer comes before the setting is in force: what is sent at once may still be stored as it came.
  await eventually(
    async () => {
      await world.send(1, 'first');
      return unpack.mock.calls.length > 0;
    },
    { timeoutMs: 30_000 },
  );
  const events = await world.send(30, 'packed');
  await eventually(() => expect(handled.slice(-30)).toEqual(events));
});
