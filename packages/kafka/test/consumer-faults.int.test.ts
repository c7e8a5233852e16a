import { AppError } from '@contact-sync/domain';
import { eventually } from '@contact-sync/testing';
import kafkajs from 'kafkajs';
import { expect, onTestFinished, test, vi } from 'vitest';
import {
  type AcmeContactCreated,
  acmeContactCreated,
  type BatchHandler,
  deadLetter,
  deadLetterTopic,
  deployTopics,
  done,
  type Outcome,
  type RawRecord,
  refuseBatch,
  retryLater,
} from '../src/index.ts';
import { committedOffset } from './support/committed.ts';
import { consume } from './support/consume.ts';
import { createdEvent } from './support/events.ts';
import { countOf, readTopic } from './support/read-topic.ts';
import {
  connectClient,
  connectCodec,
  connectProducer,
  makeTopic,
  ownGroup,
  ownTopic,
} from './support/servers.ts';

const { CompressionCodecs, CompressionTypes, ConfigResourceTypes } = kafkajs;

const setUp = async ({ deadLetters = true } = {}) => {
  const client = connectClient();
  const codec = connectCodec();
  const topic = await ownTopic(client, acmeContactCreated, { deadLetters });
  const producer = await connectProducer(client, codec, [topic]);
  const groupId = ownGroup();
  const send = async (count: number, prefix = 'event') => {
    const ids = Array.from({ length: count }, (_, index) => `${prefix}-${index}`);
    for (const eventId of ids) await producer.send(topic, { value: createdEvent({ eventId }) });
    return ids;
  };
  const committed = () => committedOffset(client, groupId, topic.topic);
  const deadLetterName = deadLetterTopic(topic.topic);
  const readDeadLetters = () => readTopic(client, deadLetterName);
  return {
    client,
    codec,
    topic,
    topics: [topic],
    producer,
    groupId,
    send,
    committed,
    deadLetterName,
    readDeadLetters,
  };
};

const down = () => new AppError('DEPENDENCY_UNAVAILABLE', { message: 'down', retryable: true });

/** A handler that notes what it was given before it does what the test says. */
const noting = (act: (eventId: string, call: number) => Outcome) => {
  const handled: string[] = [];
  let call = 0;
  const handle: BatchHandler<AcmeContactCreated> = async (records) => {
    call += 1;
    const outcomes = records.map(({ value }) => act(value.eventId, call));
    handled.push(...records.map(({ value }) => value.eventId));
    return outcomes;
  };
  return { handled, handle };
};

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
  await sender.send({
    topic: topic.topic,
    messages: [{ key: 'k', value: large, headers: { 'event-id': 'e1' } }],
  });
  await sender.send({ topic: topic.topic, messages: [{ key: large, value: 'v' }] });
  await sender.send({ topic: topic.topic, messages: [{ key: 'k', value: 'v', headers: { large } }] });
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

test.each([
  ['a TypeError', new TypeError('x')],
  ['a RangeError', new RangeError('x')],
  ['undefined', undefined],
  ['a string', 'broken'],
])('a handler that throws %s is called again, and nothing is skipped', async (_, thrown) => {
  const world = await setUp();
  const events = await world.send(5);
  const { handled, handle } = noting((_id, call) => {
    if (call <= 2) throw thrown;
    return done();
  });
  const consumer = await consume({ ...world, handle });
  await eventually(async () => expect(await world.committed()).toBe(5));
  expect(handled).toEqual(events);
  expect(consumer.healthy()).toBe(true);
});

test('a handler that never settles ends at its time-out and is called again', async () => {
  const world = await setUp();
  await world.send(1);
  let calls = 0;
  await consume({
    ...world,
    timeoutMs: 300,
    handle: async (records) => {
      calls += 1;
      if (calls === 1) await new Promise(() => undefined);
      return records.map(() => done());
    },
  });
  await eventually(async () => expect(await world.committed()).toBe(1));
  expect(calls).toBe(2);
});

test('a dependency that is down pauses the partition without a commit or a dead letter, and lag drains after', async () => {
  const world = await setUp();
  const events = await world.send(20);
  const state = { isDown: true, calls: 0 };
  const { handled, handle } = noting(() => {
    state.calls += 1;
    if (state.isDown) throw down();
    return done();
  });
  await consume({ ...world, handle });
  await eventually(() => state.calls >= 4);
  expect(await world.committed()).toBe(-1);
  state.isDown = false;
  await eventually(async () => expect(await world.committed()).toBe(20));
  expect(handled).toEqual(events);
  expect(await countOf(world.client, world.deadLetterName)).toBe(0);
});

test('a record at fault for a while holds its partition, then is a dead letter with its attempts', async () => {
  const world = await setUp();
  await world.send(4);
  const attempts = new Map<string, number>();
  const { handle } = noting((eventId) => {
    attempts.set(eventId, (attempts.get(eventId) ?? 0) + 1);
    if (eventId === 'event-1') return retryLater({ stage: 'apply', code: 'STORAGE_FULL' });
    if (eventId === 'event-2')
      return deadLetter({ stage: 'map', code: 'MAPPING_FAILED', pointer: '/acme_phone' });
    return done();
  });
  await consume({ ...world, handle, maxAttempts: 3 });
  await eventually(async () => expect(await world.committed()).toBe(4));
  expect(attempts.get('event-0')).toBe(1);
  expect(attempts.get('event-1')).toBe(3);
  const codes = (await world.readDeadLetters()).map(({ headers }) => [
    headers?.['event-id']?.toString(),
    headers?.['x-code']?.toString(),
    headers?.['x-attempts']?.toString(),
  ]);
  expect(codes).toEqual([
    ['event-1', 'STORAGE_FULL', '3'],
    ['event-2', 'MAPPING_FAILED', expect.any(String)],
  ]);
});

test('a batch that is refused whole, again and again, stops nothing: the records at fault are dead letters', async () => {
  const world = await setUp();
  const events = await world.send(40);
  const poison = ['event-0', 'event-7', 'event-8', 'event-39'];
  const handled: string[] = [];
  await consume({
    ...world,
    handle: async (records) => {
      const ids = records.map(({ value }) => value.eventId);
      if (ids.some((id) => poison.includes(id))) {
        return refuseBatch({ stage: 'validate', code: 'INVALID_BODY', pointer: '/extra' });
      }
      handled.push(...ids);
      return records.map(() => done());
    },
  });
  await eventually(async () => expect(await world.committed()).toBe(40));
  expect(handled).toEqual(events.filter((id) => !poison.includes(id)));
  const letters = await world.readDeadLetters();
  expect(letters.map(({ headers }) => headers?.['event-id']?.toString())).toEqual(poison);
  expect(letters[0]?.headers).toMatchObject({
    'x-stage': Buffer.from('validate'),
    'x-code': Buffer.from('INVALID_BODY'),
    'x-pointer': Buffer.from('/extra'),
  });
});

test('a record that fails its batch each time, while others are answered, is a dead letter in the end', async () => {
  const world = await setUp();
  await world.send(20);
  const handled = new Set<string>();
  await consume({
    ...world,
    maxAttempts: 2,
    handle: async (records) => {
      const ids = records.map(({ value }) => value.eventId);
      if (ids.includes('event-11')) throw new TypeError('x');
      for (const id of ids) handled.add(id);
      return records.map(() => done());
    },
  });
  await eventually(async () => expect(await world.committed()).toBe(20), { timeoutMs: 30_000 });
  expect(handled.size).toBe(19);
  const [letter, ...others] = await world.readDeadLetters();
  expect(others).toEqual([]);
  expect(letter?.headers).toMatchObject({
    'event-id': Buffer.from('event-11'),
    'x-stage': Buffer.from('handle'),
    'x-code': Buffer.from('INTERNAL'),
  });
});

test('a dead letter that cannot be written is not committed over, and is written once it can', async () => {
  const world = await setUp({ deadLetters: false });
  const events = await world.send(3);
  const { handled, handle } = noting((eventId) =>
    eventId === 'event-1' ? deadLetter({ stage: 'apply', code: 'VERSION_CONFLICT' }) : done(),
  );
  await consume({ ...world, handle });
  await eventually(() => handled.filter((eventId) => eventId === 'event-1').length >= 2, {
    timeoutMs: 30_000,
  });
  expect(await world.committed()).toBe(1);
  await makeTopic(world.client, world.deadLetterName);
  await eventually(async () => expect(await world.committed()).toBe(3), { timeoutMs: 30_000 });
  expect(new Set(handled)).toEqual(new Set(events));
  expect((await world.readDeadLetters()).map(({ headers }) => headers?.['event-id']?.toString())).toContain(
    'event-1',
  );
});

test('a registry that is down pauses for an id not seen before, and known ids go on', async () => {
  const world = await setUp();
  const { codec, producer, topic } = world;
  const known = await world.send(2);
  const registryDown = { isDown: true };
  const decode: typeof codec.decode = async (reader, bytes) => {
    if (registryDown.isDown && bytes?.readUInt32BE(1) === 2_000_000_000) throw down();
    return codec.decode(reader, bytes);
  };
  const unseen = Buffer.from(codec.encode(topic, createdEvent()));
  unseen.writeUInt32BE(2_000_000_000, 1);
  await producer.sendRaw({ topic: topic.topic, key: 'k', value: unseen, headers: {} });
  const { handled, handle } = noting(() => done());
  await consume({ ...world, codec: { ...codec, decode }, handle });

  await eventually(async () => expect(await world.committed()).toBe(2));
  expect(handled).toEqual(known);
  expect(await countOf(world.client, world.deadLetterName)).toBe(0);
  registryDown.isDown = false;
  await eventually(async () => expect(await world.committed()).toBe(3));
  expect(await countOf(world.client, world.deadLetterName)).toBe(1);
});
