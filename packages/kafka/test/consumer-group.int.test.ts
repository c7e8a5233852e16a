import { createRequire } from 'node:module';
import { eventually } from '@contact-sync/testing';
import { expect, onTestFinished, test, vi } from 'vitest';
import {
  type AcmeContactCreated,
  acmeContactCreated,
  type BatchHandler,
  done,
  type KafkaClient,
} from '../src/index.ts';
import { committedOffset } from './support/committed.ts';
import { consume } from './support/consume.ts';
import { createdEvent } from './support/events.ts';
import {
  connectClient,
  connectCodec,
  connectProducer,
  connectThroughProxy,
  ownGroup,
  ownTopic,
} from './support/servers.ts';

const setUp = async ({
  partitions = 1,
  client = connectClient(),
}: {
  partitions?: number;
  client?: KafkaClient;
} = {}) => {
  const codec = connectCodec();
  const topic = await ownTopic(connectClient(), acmeContactCreated, { partitions });
  const producer = await connectProducer(connectClient(), codec, [topic]);
  const groupId = ownGroup();
  const send = (count: number) =>
    Promise.all(
      Array.from({ length: count }, (_, index) =>
        producer.send(topic, {
          value: createdEvent({ eventId: `event-${index}`, contactId: `contact-${index}` }),
        }),
      ),
    );
  const committed = async () => {
    const offsets = await Promise.all(
      Array.from({ length: partitions }, (_, partition) =>
        committedOffset(client, groupId, topic.topic, partition),
      ),
    );
    return offsets.reduce((sum, offset) => sum + Math.max(0, offset), 0);
  };
  return { client, codec, topics: [topic], producer, groupId, send, committed };
};

/** A handler that notes the events and waits at the gate, when there is one. */
const gated = () => {
  const handled: string[] = [];
  const state: { gate: PromiseWithResolvers<void> | undefined; entered: number } = {
    gate: undefined,
    entered: 0,
  };
  const handle: BatchHandler<AcmeContactCreated> = async (records) => {
    state.entered += 1;
    await state.gate?.promise;
    handled.push(...records.map(({ value }) => value.eventId));
    return records.map(() => done());
  };
  return { handled, state, handle };
};

test('a stop lets the batch in flight end, commits it, and nothing comes twice', async () => {
  const world = await setUp();
  await world.send(5);
  const first = gated();
  first.state.gate = Promise.withResolvers();
  const consumer = await consume({ ...world, maxBatch: 2, handle: first.handle });
  await eventually(() => first.state.entered === 1);
  const stopped = consumer.stop();
  first.state.gate.resolve();
  await stopped;
  expect(first.handled).toEqual(['event-0', 'event-1']);
  expect(await world.committed()).toBe(2);

  const second = gated();
  await consume({ ...world, handle: second.handle });
  await eventually(async () => expect(await world.committed()).toBe(5));
  expect(second.handled).toEqual(['event-2', 'event-3', 'event-4']);
});

test('a stop waits no longer than its grace for a handler that hangs, and what it held comes again', async () => {
  const world = await setUp();
  await world.send(2);
  const hanging = gated();
  hanging.state.gate = Promise.withResolvers();
  const consumer = await consume({ ...world, handle: hanging.handle, stopGraceMs: 300 });
  await eventually(() => hanging.state.entered === 1);
  const startedAt = performance.now();
  await consumer.stop();
  expect(performance.now() - startedAt).toBeLessThan(3_000);
  expect(await world.committed()).toBe(0);

  const next = gated();
  await consume({ ...world, handle: next.handle });
  await eventually(() => expect(next.handled).toEqual(['event-0', 'event-1']));
});

test('ten members that come and go lose nothing, and commit all in the end', async () => {
  const world = await setUp({ partitions: 6 });
  const total = 3_000;
  const seen = new Map<string, number>();
  const rebalances: unknown[] = [];
  const handle: BatchHandler<AcmeContactCreated> = async (records) => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    for (const { value } of records) seen.set(value.eventId, (seen.get(value.eventId) ?? 0) + 1);
    return records.map(() => done());
  };
  const member = () =>
    consume({ ...world, handle, maxBatch: 10, hooks: { onRebalancing: () => rebalances.push(1) } });
  await member();
  const sending = world.send(total);
  for (let round = 0; round < 10; round += 1) {
    const guest = await member();
    await eventually(() => seen.size > (round + 1) * 100);
    await guest.stop();
  }
  await sending;
  await eventually(async () => expect(await world.committed()).toBe(total), { timeoutMs: 60_000 });
  expect(seen.size).toBe(total);
  expect(rebalances.length).toBeGreaterThan(0);
});

test('a consumer that starts without its broker joins when it is there', async () => {
  const { client, proxy } = await connectThroughProxy();
  const world = await setUp();
  await world.send(2);
  proxy.setBehaviour({ kind: 'refuse' });
  const { handled, handle } = gated();
  const starting = consume({ ...world, client, handle });
  await eventually(() => proxy.stats.refused > 2);
  expect(handled).toEqual([]);
  proxy.setBehaviour({ kind: 'pass' });
  const consumer = await starting;
  expect(consumer.healthy()).toBe(true);
  await eventually(() => expect(handled).toEqual(['event-0', 'event-1']));
});

test('a consumer whose broker goes away is not healthy, and goes on where it was when it is back', async () => {
  const { client, proxy } = await connectThroughProxy();
  const world = await setUp();
  await world.send(2);
  const { handled, handle } = gated();
  const consumer = await consume({ ...world, client, handle });
  await eventually(async () => expect(await world.committed()).toBe(2));

  proxy.setBehaviour({ kind: 'refuse' });
  proxy.cutAll();
  await eventually(() => !consumer.healthy(), { timeoutMs: 30_000 });
  await world.send(4);
  proxy.setBehaviour({ kind: 'pass' });

  await eventually(async () => expect(await world.committed()).toBe(6), { timeoutMs: 60_000 });
  expect(consumer.healthy()).toBe(true);
  expect(handled).toHaveLength(6);
});

test('members of one group in one process have offsets of their own', async () => {
  const require = createRequire(import.meta.url);
  const { prototype } = require('kafkajs/src/consumer/offsetManager') as {
    prototype: { clearAllOffsets(): void; committedOffsets(): object };
  };
  const clear = vi.spyOn(prototype, 'clearAllOffsets');
  onTestFinished(() => clear.mockRestore());
  const world = await setUp();
  const { handled, handle } = gated();
  const client = world.client;
  await Promise.all([consume({ ...world, client, handle }), consume({ ...world, client, handle })]);
  await world.send(20);
  await eventually(async () => expect(await world.committed()).toBe(20), { timeoutMs: 60_000 });
  expect(handled).toHaveLength(20);

  const managers = clear.mock.contexts as { memberId: string; committedOffsets(): object }[];
  const offsetsOf = Map.groupBy(managers, ({ memberId }) => memberId);
  expect(offsetsOf.size).toBe(2);
  const [one, other] = [...offsetsOf.values()].map(([manager]) => manager?.committedOffsets());
  expect(one).not.toBe(other);
});
