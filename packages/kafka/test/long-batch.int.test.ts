import { eventually } from '@contact-sync/testing';
import { expect, test } from 'vitest';
import { acmeContactCreated, done } from '../src/index.ts';
import { committedOffset } from './support/committed.ts';
import { consume } from './support/consume.ts';
import { createdEvent } from './support/events.ts';
import { connectClient, connectCodec, connectProducer, ownGroup, ownTopic } from './support/servers.ts';

/** The shortest that a broker allows by default. In a file of its own, because it does nothing but wait. */
const sessionMs = 6_000;

test('a batch of three session time-outs keeps its member in the group and is handled once', async () => {
  const client = connectClient();
  const codec = connectCodec();
  const topic = await ownTopic(client, acmeContactCreated);
  const producer = await connectProducer(client, codec, [topic]);
  const groupId = ownGroup();
  for (let index = 0; index < 3; index += 1) await producer.send(topic, { value: createdEvent() });
  const assigned: unknown[] = [];
  let calls = 0;
  const consumer = await consume({
    client,
    codec,
    producer,
    groupId,
    topics: [topic],
    sessionTimeoutMs: sessionMs,
    heartbeatMs: 1_200,
    timeoutMs: 60_000,
    hooks: { onAssigned: (assignment) => assigned.push(assignment) },
    handle: async (records) => {
      calls += 1;
      await new Promise((resolve) => setTimeout(resolve, 3 * sessionMs + 500));
      return records.map(() => done());
    },
  });
  await eventually(() => calls === 1);
  await eventually(async () => expect(await committedOffset(client, groupId, topic.topic)).toBe(3), {
    timeoutMs: 30_000,
  });
  expect([calls, assigned.length, consumer.healthy()]).toEqual([1, 1, true]);
});
