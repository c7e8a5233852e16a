import { eventually } from '@contact-sync/testing';
import { expect, test } from 'vitest';
import { deadLetter, done, refuseBatch } from '../src/index.ts';
import { consume } from './support/consume.ts';
import { createdEvent } from './support/events.ts';
import { down, noting, setUp } from './support/faults.ts';
import { countOf } from './support/read-topic.ts';
import { makeTopic } from './support/servers.ts';

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

test('a record that fails its batch each time, while others are answered, climbs the ladder alone', async () => {
  const world = await setUp({ waits: [50] });
  await world.send(20);
  const handled = new Set<string>();
  await consume({
    ...world,
    handle: async (records) => {
      const ids = records.map(({ value }) => value.eventId);
      if (ids.includes('event-11')) throw new TypeError('x');
      for (const id of ids) handled.add(id);
      return records.map(() => done());
    },
  });
  await eventually(async () => expect(await world.committed()).toBe(20), { timeoutMs: 30_000 });
  expect(handled.size).toBe(19);
  await eventually(
    async () => {
      // On a tier it is alone: only others that are answered show that it is to blame.
      await world.send(1, `later-${handled.size}`);
      return (await countOf(world.client, world.deadLetterName)) === 1;
    },
    { timeoutMs: 30_000 },
  );
  const [letter] = await world.readDeadLetters();
  expect(letter?.headers).toMatchObject({
    'event-id': Buffer.from('event-11'),
    'x-stage': Buffer.from('handle'),
    'x-code': Buffer.from('INTERNAL'),
    'x-attempts': Buffer.from('2'),
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
