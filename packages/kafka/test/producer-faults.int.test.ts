import { eventually } from '@contact-sync/testing';
import { expect, test } from 'vitest';
import { acmeContactCreated, createProducer, deploySchemas, type ProducerOptions } from '../src/index.ts';
import { createdEvent } from './support/events.ts';
import { readTopic } from './support/read-topic.ts';
import {
  connectClient,
  connectCodec,
  connectProducer,
  connectThroughProxy,
  ownTopic,
  registryUrl,
  silent,
} from './support/servers.ts';

/** A producer behind a network that can be made bad; it asks an idle broker for a sign ten times as often as it would. */
const setUp = async (options: Partial<ProducerOptions> = {}) => {
  const direct = connectClient();
  const { client, proxy } = await connectThroughProxy();
  const codec = connectCodec();
  const topic = await ownTopic(direct, acmeContactCreated);
  const producer = await connectProducer(client, codec, [topic], {
    deadlineMs: 1_500,
    probeEveryMs: 500,
    ...options,
  });
  const send = (eventId: string) => producer.send(topic, { value: createdEvent({ eventId }) });
  const stored = async () =>
    (await readTopic(direct, topic.topic)).map(({ headers }) => headers?.['event-id']?.toString());
  return { proxy, codec, topic, producer, send, stored };
};

const unavailable = { code: 'DEPENDENCY_UNAVAILABLE', retryable: true };

test('with the broker away every send fails by its deadline, and sends work again when it is back', async () => {
  const { proxy, producer, send } = await setUp();
  await send('before');
  proxy.setBehaviour({ kind: 'refuse' });
  proxy.cutAll();

  const startedAt = performance.now();
  const outcomes = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => send(`away-${index}`)));
  expect(performance.now() - startedAt).toBeLessThan(2_000);
  for (const outcome of outcomes) expect(outcome).toMatchObject({ status: 'rejected', reason: unavailable });
  await eventually(() => !producer.healthy());
  expect(producer.pending()).toEqual({ records: 0, bytes: 0 });

  proxy.setBehaviour({ kind: 'pass' });
  const backAt = performance.now();
  await eventually(() => producer.healthy(), { timeoutMs: 15_000 });
  await expect(send('after')).resolves.toMatchObject({ partition: 0 });
  expect(performance.now() - backAt).toBeLessThan(15_000);
});

test('with the broker frozen every send fails by its deadline, and sends work again when it moves', async () => {
  const { proxy, producer, send } = await setUp();
  await send('before');
  proxy.setBehaviour({ kind: 'black-hole' });
  for (let round = 0; round < 2; round += 1) {
    const startedAt = performance.now();
    await expect(send(`frozen-${round}`)).rejects.toMatchObject(unavailable);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  }
  proxy.setBehaviour({ kind: 'pass' });
  await eventually(() => producer.healthy(), { timeoutMs: 15_000 });
  await expect(send('after')).resolves.toMatchObject({ partition: 0 });
});

test('an ack lost once is asked for again and leaves one record', async () => {
  const { proxy, send, stored } = await setUp({ deadlineMs: 10_000 });
  await send('first');
  proxy.setBehaviour({ kind: 'cut-before-reply' });
  const cuts = proxy.stats.cuts;
  const sent = send('second');
  await eventually(() => proxy.stats.cuts > cuts);
  proxy.setBehaviour({ kind: 'pass' });
  await sent;
  expect(await stored()).toEqual(['first', 'second']);
});

test('a batch whose ack was lost for good never hides the next one, however alike they are', async () => {
  const { proxy, producer, send, stored } = await setUp();
  await send('first');
  proxy.setBehaviour({ kind: 'cut-before-reply' });
  await expect(send('lost ack')).rejects.toMatchObject(unavailable);
  proxy.setBehaviour({ kind: 'pass' });
  await eventually(() => producer.healthy(), { timeoutMs: 15_000 });

  const { offset } = await send('next');

  const all = await stored();
  expect(all[Number(offset)]).toBe('next');
  expect(all).toContain('lost ack');
});

test('a connection that breaks again and again loses nothing that was acknowledged', async () => {
  const { proxy, producer, send, stored } = await setUp({ deadlineMs: 3_000 });
  const acknowledged: string[] = [];
  const work = Array.from({ length: 400 }, async (_, index) => {
    await new Promise((resolve) => setTimeout(resolve, index * 5));
    await send(`event-${index}`).then(
      () => acknowledged.push(`event-${index}`),
      () => undefined,
    );
  });
  const breaking = setInterval(() => proxy.cutAll(), 150);
  await Promise.all(work);
  clearInterval(breaking);
  await eventually(() => producer.healthy(), { timeoutMs: 15_000 });
  const all = new Set(await stored());
  expect(acknowledged.filter((eventId) => !all.has(eventId))).toEqual([]);
  expect(acknowledged.length).toBeGreaterThan(0);
});

test('a topic that is missing costs the records of another producer nothing', async () => {
  const direct = connectClient();
  const codec = connectCodec();
  const topic = await ownTopic(direct, acmeContactCreated);
  const missing = { ...topic, topic: `${topic.topic}-missing`, subject: `${topic.topic}-missing-value` };
  await deploySchemas({ url: registryUrl() }, [missing]);
  const events = await connectProducer(direct, codec, [topic]);
  const refused = await connectProducer(direct, codec, [missing], { deadlineMs: 1_000 });

  const good = Array.from({ length: 20 }, () => events.send(topic, { value: createdEvent() }));
  const bad = Array.from({ length: 20 }, () => refused.send(missing, { value: createdEvent() }));
  const outcomes = await Promise.allSettled(bad);

  for (const outcome of outcomes) expect(outcome).toMatchObject({ status: 'rejected', reason: unavailable });
  expect(await Promise.all(good)).toHaveLength(20);
  expect(events.healthy()).toBe(true);
});

test('closing sends what was accepted', async () => {
  const { producer, send, stored } = await setUp();
  const sends = Array.from({ length: 50 }, (_, index) => send(`event-${index}`));
  await producer.close();
  await Promise.all(sends);
  await expect(send('late')).rejects.toMatchObject({ code: 'SHUTTING_DOWN' });
  expect(await stored()).toHaveLength(50);
});

test('a producer that starts without its broker is up soon after the broker is', async () => {
  const direct = connectClient();
  const { client, proxy } = await connectThroughProxy();
  const codec = connectCodec();
  const topic = await ownTopic(direct, acmeContactCreated);
  proxy.setBehaviour({ kind: 'refuse' });
  const producer = createProducer({ client, codec, contracts: [topic], logger: silent });
  const connected = producer.connect();
  expect(producer.healthy()).toBe(false);
  proxy.setBehaviour({ kind: 'pass' });
  await connected;
  expect(producer.healthy()).toBe(true);
  await producer.send(topic, { value: createdEvent() });
  await producer.close();
});

test('an idle producer notices within seconds that its broker is gone, and that it is back', async () => {
  const { proxy, producer, send } = await setUp();
  proxy.setBehaviour({ kind: 'refuse' });
  proxy.cutAll();
  await eventually(() => !producer.healthy(), { timeoutMs: 15_000 });
  proxy.setBehaviour({ kind: 'pass' });
  await eventually(() => producer.healthy(), { timeoutMs: 15_000 });
  await send('after');
});

test('an idle producer notices a broker that is frozen', async () => {
  const { proxy, producer } = await setUp();
  proxy.setBehaviour({ kind: 'black-hole' });
  await eventually(() => !producer.healthy(), { timeoutMs: 20_000 });
});

test('an idle producer keeps its connection and stays healthy', async () => {
  const { proxy, producer, send } = await setUp();
  const connections = proxy.stats.connections;
  const replies = proxy.stats.bytesToClient;
  await eventually(() => proxy.stats.bytesToClient > replies, { timeoutMs: 15_000 });
  await send('after');
  expect(producer.healthy()).toBe(true);
  expect(proxy.stats.connections).toBe(connections);
});
