import { eventually } from '@contact-sync/testing';
import { expect, test } from 'vitest';
import { type AcmeContactCreated, type BatchHandler, done } from '../src/index.ts';
import { consume } from './support/consume.ts';
import { createdEvent } from './support/events.ts';
import { setUp } from './support/faults.ts';

test('a handler that hangs on one partition holds the others up for no more than a moment', async () => {
  const world = await setUp({ partitions: 3 });
  const { producer, topic } = world;
  const slow = Promise.withResolvers<void>();
  const handledAt = new Map<string, number>();
  const handle: BatchHandler<AcmeContactCreated> = async (records) => {
    if (records.some(({ value }) => value.eventId === 'slow')) await slow.promise;
    for (const { value } of records) handledAt.set(value.eventId, performance.now());
    return records.map(() => done());
  };
  const consumer = await consume({ ...world, handle, concurrency: 1, timeoutMs: 60_000 });
  await producer.send(topic, { value: createdEvent({ eventId: 'slow', contactId: 'a' }) });
  const delays: number[] = [];
  for (let index = 0; delays.length < 20; index += 1) {
    const eventId = `event-${index}`;
    const sentAt = performance.now();
    const { partition } = await producer.send(topic, {
      value: createdEvent({ eventId, contactId: `b${index}` }),
    });
    const slowOne = await producer.send(topic, {
      value: createdEvent({ eventId: 'behind', contactId: 'a' }),
    });
    if (partition === slowOne.partition) continue;
    await eventually(() => handledAt.has(eventId));
    delays.push((handledAt.get(eventId) ?? 0) - sentAt);
  }
  expect([handledAt.has('slow'), handledAt.has('behind'), consumer.healthy()]).toEqual([false, false, true]);
  // Twenty fetches that each waited for the slow one would take for ever; the design's moment is 250 ms, once.
  expect(delays.toSorted((a, b) => a - b)[10]).toBeLessThan(1_000);
  slow.resolve();
  await eventually(() => handledAt.has('slow') && handledAt.has('behind'));
});
