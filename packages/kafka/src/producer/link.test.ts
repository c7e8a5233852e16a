import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { KafkaClient } from '../client/create-kafka-client.ts';
import { Link } from './link.ts';
import type { Outgoing } from './outgoing.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

type SendBatch = (request: { topicMessages: readonly object[] }) => Promise<object[]>;

/** kafkajs with producers that do as the test says; the first to be made is the first of the list. */
const fakeKafka = () => {
  const producers: {
    connect: ReturnType<typeof vi.fn>;
    disconnect: ReturnType<typeof vi.fn>;
    sendBatch: ReturnType<typeof vi.fn<SendBatch>>;
  }[] = [];
  const connect = vi.fn(async () => undefined);
  const client = {
    kafka: {
      producer: () => {
        const producer = {
          connect,
          disconnect: vi.fn(async () => undefined),
          sendBatch: vi.fn<SendBatch>(async () => []),
        };
        producers.push(producer);
        return producer;
      },
    },
  } as unknown as KafkaClient;
  return { client, producers, connect };
};

const probeEveryMs = 5_000;
const logger = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };

const setUp = async () => {
  const fake = fakeKafka();
  const onUp = vi.fn();
  const prepare = vi.fn(async () => undefined);
  const link = new Link({ client: fake.client, logger, compression: 'none', prepare, onUp, probeEveryMs });
  await link.connect();
  return { ...fake, link, onUp, prepare };
};

const batch: Outgoing[] = [
  {
    record: { topic: 't', key: 'k', value: Buffer.from('v'), headers: {} },
    bytes: 1,
    deadlineAt: 0,
    resolve: () => undefined,
    reject: () => undefined,
    settled: false,
  },
];

const protocolError = (type: string) =>
  Object.assign(new Error(type), { name: 'KafkaJSProtocolError', type });

test.each([
  'OUT_OF_ORDER_SEQUENCE_NUMBER',
  'INVALID_PRODUCER_EPOCH',
  'UNKNOWN_PRODUCER_ID',
  'NOT_LEADER_FOR_PARTITION',
])('after %s the producer is put away and the next send goes through a new one', async (type) => {
  const { link, producers, onUp } = await setUp();
  producers[0]?.sendBatch.mockRejectedValueOnce(protocolError(type));
  await expect(link.send(batch)).rejects.toThrow(type);
  await vi.advanceTimersByTimeAsync(0);
  expect(producers[0]?.disconnect).toHaveBeenCalled();
  expect([link.isUp(), producers.length, onUp.mock.calls.length]).toEqual([true, 2, 2]);
  await link.send(batch);
  expect(producers[0]?.sendBatch).toHaveBeenCalledTimes(1);
  expect(producers[1]?.sendBatch).toHaveBeenCalledTimes(1);
});

test('a send that is abandoned fails at once, and its producer is closed again when it is over', async () => {
  const { link, producers } = await setUp();
  const hanging = Promise.withResolvers<object[]>();
  producers[0]?.sendBatch.mockReturnValueOnce(hanging.promise);
  const sending = expect(link.send(batch)).rejects.toThrow('deadline');
  link.abandon();
  await sending;
  expect(producers[0]?.disconnect).toHaveBeenCalledTimes(1);
  hanging.resolve([]);
  await vi.advanceTimersByTimeAsync(0);
  expect(producers[0]?.disconnect).toHaveBeenCalledTimes(2);
  expect(producers).toHaveLength(2);
});

test('connecting goes on with growing waits until it works, and tells it once', async () => {
  const fake = fakeKafka();
  logger.warn.mockClear();
  fake.connect.mockRejectedValueOnce(new Error('1')).mockRejectedValueOnce(new Error('2'));
  const onUp = vi.fn();
  const link = new Link({
    client: fake.client,
    logger,
    compression: 'none',
    prepare: async () => undefined,
    onUp,
    probeEveryMs,
  });
  const connected = link.connect();
  await vi.advanceTimersByTimeAsync(1_000);
  await connected;
  expect([fake.producers.length, link.isUp(), onUp.mock.calls.length]).toEqual([3, true, 1]);
  expect(logger.warn).toHaveBeenCalledOnce();
});

test('the link is not up before what it needs is prepared', async () => {
  const fake = fakeKafka();
  const prepare = vi.fn(async () => undefined).mockRejectedValueOnce(new Error('no schema id'));
  const link = new Link({
    client: fake.client,
    logger,
    compression: 'none',
    prepare,
    onUp: () => undefined,
    probeEveryMs,
  });
  const connected = link.connect();
  await vi.advanceTimersByTimeAsync(50);
  expect([link.isUp(), fake.producers.length]).toEqual([false, 0]);
  await vi.advanceTimersByTimeAsync(200);
  await connected;
  expect(link.isUp()).toBe(true);
});

test('closing while connecting ends the trying and leaves no producer open', async () => {
  const fake = fakeKafka();
  const opening = Promise.withResolvers<undefined>();
  fake.connect.mockReturnValueOnce(opening.promise);
  const link = new Link({
    client: fake.client,
    logger,
    compression: 'none',
    prepare: async () => undefined,
    onUp: () => undefined,
    probeEveryMs,
  });
  const connected = link.connect();
  await vi.advanceTimersByTimeAsync(0);
  await link.close();
  opening.resolve(undefined);
  await connected;
  expect(link.isUp()).toBe(false);
  expect(fake.producers[0]?.disconnect).toHaveBeenCalled();
  expect(vi.getTimerCount()).toBe(0);
});

test('a link without sends asks for a sign every few seconds, and is replaced when there is none', async () => {
  const { link, producers } = await setUp();
  await vi.advanceTimersByTimeAsync(11_000);
  expect(producers[0]?.sendBatch.mock.calls).toEqual([[{ topicMessages: [] }], [{ topicMessages: [] }]]);
  producers[0]?.sendBatch.mockReturnValueOnce(new Promise(() => undefined));
  await vi.advanceTimersByTimeAsync(9_000);
  expect(producers).toHaveLength(2);
  expect(link.isUp()).toBe(true);
  await link.close();
});
