import type { EachBatchPayload, KafkaMessage } from 'kafkajs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { contactSyncLadder } from '../contracts/topic-names.ts';
import { type ConsumeBatchOptions, createConsumeBatch } from './consume-batch.ts';
import type { IncomingRecord } from './consumed-record.ts';
import { guardHooks } from './hooks.ts';
import { createRecordReader } from './incoming-record.ts';
import type { Progress } from './work-off.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const quiet = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };

const kafkajsError = (name: string) => Object.assign(new Error(name), { name: `KafkaJS${name}` });

/** What kafkajs hands over for one fetch, noting what is done with it. */
const fakePayload = (count: number) => {
  const log: string[] = [];
  const state = { isRunning: true, isStale: false };
  const payload = {
    batch: {
      topic: 't',
      partition: 2,
      highWatermark: '100',
      messages: Array.from(
        { length: count },
        (_, offset) => ({ offset: String(offset), headers: {} }) as KafkaMessage,
      ),
    },
    heartbeat: vi.fn(async () => undefined),
    commitOffsetsIfNecessary: vi.fn(
      async ({ topics }: { topics: { partitions: { offset: string }[] }[] }) =>
        void log.push(`commit ${topics[0]?.partitions[0]?.offset}`),
    ),
    resolveOffset: (offset: string) => log.push(`resolve ${offset}`),
    isRunning: () => state.isRunning,
    isStale: () => state.isStale,
  };
  return { payload: payload as unknown as EachBatchPayload, mocks: payload, log, state };
};

const setUp = (workOff: ConsumeBatchOptions['workOff'], options: Partial<ConsumeBatchOptions> = {}) => {
  const told = { onLag: vi.fn(), onBatch: vi.fn(), onPaused: vi.fn() };
  const logger = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
  const hooks = guardHooks(told, logger);
  const consumeBatch = createConsumeBatch({
    readRecord: createRecordReader(contactSyncLadder),
    workOff,
    maxBatch: 200,
    heartbeatMs: 1_000,
    backoff: { firstMs: 100, maxMs: 1_000 },
    hooks,
    logger,
    ...options,
  });
  const consume = (payload: EachBatchPayload) =>
    consumeBatch(payload, { isNear: () => false, giveUp: new AbortController().signal });
  return { consume, hooks: told, logger };
};

const all = async (records: readonly IncomingRecord[]): Promise<Progress> => ({ settled: records.length });
const pause = { cause: 'dependency', error: new Error('down') } as const;

test('commits behind the last record once the outcomes are durable, and only then moves on', async () => {
  const { payload, log } = fakePayload(3);
  const { consume, hooks } = setUp(async (records) => {
    log.push('work');
    return all(records);
  });
  await consume(payload);
  expect(log).toEqual(['work', 'commit 3', 'resolve 2']);
  expect(hooks.onLag).toHaveBeenCalledWith({ topic: 't', partition: 2, lag: 97 });
  expect(hooks.onBatch).toHaveBeenCalledWith(expect.objectContaining({ settled: 3 }));
});

test('hands over no more than the batch size, and commits after each piece', async () => {
  const { payload, log } = fakePayload(5);
  const sizes: number[] = [];
  const { consume } = setUp(
    async (records) => {
      sizes.push(records.length);
      return all(records);
    },
    { maxBatch: 2 },
  );
  await consume(payload);
  expect(sizes).toEqual([2, 2, 1]);
  expect(log.filter((line) => line.startsWith('commit'))).toEqual(['commit 2', 'commit 4', 'commit 5']);
});

test('after a fault of a whole batch nothing is committed and the partition waits', async () => {
  const { payload, log } = fakePayload(5);
  const { consume, hooks } = setUp(async () => ({ settled: 0, pause }), { maxBatch: 2 });
  const waitMs = await consume(payload);
  expect(log).toEqual([]);
  expect(hooks.onPaused).toHaveBeenCalledWith(
    expect.objectContaining({ topic: 't', partition: 2, failures: 1, waitMs, cause: 'dependency' }),
  );
  expect(hooks.onLag).toHaveBeenCalledWith({ topic: 't', partition: 2, lag: 100 });
});

test('what is settled before a fault is committed, the rest comes again', async () => {
  const { payload, log } = fakePayload(5);
  const { consume } = setUp(async () => ({ settled: 2, pause }));
  expect(await consume(payload)).toBeGreaterThanOrEqual(75);
  expect(log).toEqual(['commit 2', 'resolve 1']);
});

test('what is settled of a piece without a fault behind it is where the next piece begins', async () => {
  const { payload, log } = fakePayload(5);
  const worked: string[][] = [];
  const { consume } = setUp(
    async (records) => {
      worked.push(records.map(({ message }) => message.offset));
      return { settled: worked.length === 1 ? 1 : records.length };
    },
    { maxBatch: 3 },
  );
  await consume(payload);
  expect(worked).toEqual([['0', '1', '2'], ['1', '2', '3'], ['4']]);
  expect(log.filter((line) => line.startsWith('commit'))).toEqual(['commit 1', 'commit 4', 'commit 5']);
});

test('a partition that was not tried waits as long as it is told, which is no failure of it', async () => {
  const { consume, hooks } = setUp(async () => ({ settled: 0, pause: { cause: 'dependency', waitMs: 777 } }));
  expect(await consume(fakePayload(1).payload)).toBe(777);
  expect(hooks.onPaused).not.toHaveBeenCalled();
});

/** Messages of the first tier, due so many milliseconds from now. */
const tierPayload = (...dueIn: number[]) => {
  const fake = fakePayload(dueIn.length);
  const messages = dueIn.map(
    (ms, offset) =>
      ({
        offset: String(offset),
        headers: {
          'x-original-topic': 't',
          'x-original-partition': '0',
          'x-original-offset': '1',
          'x-original-timestamp': '1',
          'x-due-at': String(Date.now() + ms),
        },
      }) as unknown as KafkaMessage,
  );
  Object.assign(fake.payload.batch, { topic: 'contact-sync.retry.1s', messages });
  return fake;
};

test('on a tier what is due is worked off, and the partition waits for the next to the millisecond', async () => {
  const { payload, log } = tierPayload(-5, 0, 640, -5);
  const worked: number[] = [];
  const { consume, hooks } = setUp(async (records) => {
    worked.push(records.length);
    return all(records);
  });
  expect(await consume(payload)).toBe(640);
  expect(worked).toEqual([2]);
  expect(log).toEqual(['commit 2', 'resolve 1']);
  expect(hooks.onPaused).not.toHaveBeenCalled();
});

test('a restart in the midst of a wait neither shortens nor repeats it', async () => {
  const { payload } = tierPayload(900);
  const first = setUp(all);
  expect(await first.consume(payload)).toBe(900);
  vi.setSystemTime(Date.now() + 400);
  const restarted = setUp(all);
  expect(await restarted.consume(payload)).toBe(500);
  vi.setSystemTime(Date.now() + 500);
  expect(await restarted.consume(payload)).toBeUndefined();
});

test('a due time beyond what the tier ever waits is not believed', async () => {
  const { payload } = tierPayload(86_400_000);
  expect(await setUp(all).consume(payload)).toBe(1_000);
});

test('the waits double up to their limit, and begin anew after progress', async () => {
  const waits: number[] = [];
  let settled = 0;
  const onPaused = ({ waitMs }: { waitMs: number }) => waits.push(waitMs);
  const { consume } = setUp(async () => ({ settled, pause }), { hooks: guardHooks({ onPaused }, quiet) });
  for (let round = 0; round < 6; round += 1) await consume(fakePayload(2).payload);
  settled = 1;
  await consume(fakePayload(2).payload);
  for (const [index, most] of [100, 200, 400, 800, 1_000, 1_000, 100].entries()) {
    expect(waits[index]).toBeLessThanOrEqual(most);
    expect(waits[index]).toBeGreaterThanOrEqual(most * 0.75);
  }
});

test('tells the handler how often in a row the partition has failed', async () => {
  const failures: number[] = [];
  const { consume } = setUp(async (_, run) => {
    failures.push(run.streak.failures);
    return { settled: 0, pause };
  });
  for (let round = 0; round < 3; round += 1) await consume(fakePayload(1).payload);
  expect(failures).toEqual([0, 1, 2]);
});

test('a dependency that stays down is told once, a fault of ours each time', async () => {
  const dependency = setUp(async () => ({ settled: 0, pause }));
  const ours = setUp(async () => ({ settled: 0, pause: { ...pause, cause: 'fault' } }));
  for (let round = 0; round < 3; round += 1) {
    await dependency.consume(fakePayload(1).payload);
    await ours.consume(fakePayload(1).payload);
  }
  expect(dependency.logger.warn).toHaveBeenCalledOnce();
  expect(ours.logger.error).toHaveBeenCalledTimes(3);
});

test('heartbeats go on while a batch takes long', async () => {
  const { payload, mocks } = fakePayload(1);
  const work = Promise.withResolvers<Progress>();
  const { consume } = setUp(() => work.promise);
  const consuming = consume(payload);
  await vi.advanceTimersByTimeAsync(5_500);
  expect(mocks.heartbeat).toHaveBeenCalledTimes(5);
  work.resolve({ settled: 1 });
  await consuming;
  await vi.advanceTimersByTimeAsync(5_000);
  expect(mocks.heartbeat).toHaveBeenCalledTimes(6);
});

test('a rebalance in mid-batch lets the batch end and commit, and is then told to kafkajs', async () => {
  const { payload, mocks, log } = fakePayload(4);
  const work = Promise.withResolvers<Progress>();
  const { consume } = setUp(() => work.promise, { maxBatch: 2 });
  mocks.heartbeat.mockRejectedValueOnce(kafkajsError('ProtocolError'));
  const consuming = expect(consume(payload)).rejects.toThrow('ProtocolError');
  await vi.advanceTimersByTimeAsync(1_000);
  work.resolve({ settled: 2 });
  await consuming;
  expect(log).toEqual(['commit 2', 'resolve 1']);
});

test('a commit that kafkajs refuses moves nothing', async () => {
  const { payload, mocks, log } = fakePayload(1);
  mocks.commitOffsetsIfNecessary.mockRejectedValueOnce(kafkajsError('ProtocolError'));
  await expect(setUp(all).consume(payload)).rejects.toThrow('ProtocolError');
  expect(log).toEqual([]);
});

test.each([new TypeError('x'), undefined, 'text'])(
  "an error that is not kafkajs's own never reaches it: %s",
  async (thrown) => {
    const { payload, log } = fakePayload(1);
    const { consume, logger } = setUp(() => Promise.reject(thrown));
    await expect(consume(payload)).resolves.toBeGreaterThanOrEqual(75);
    expect(log).toEqual([]);
    expect(logger.error).toHaveBeenCalledOnce();
  },
);

test('a stop ends the batch in flight, and begins no other piece', async () => {
  const { payload, state, log } = fakePayload(4);
  const { consume } = setUp(
    async (records) => {
      state.isRunning = false;
      return all(records);
    },
    { maxBatch: 2 },
  );
  await consume(payload);
  expect(log).toEqual(['commit 2', 'resolve 1']);
});

test('a batch that is no longer wanted is left alone', async () => {
  const { payload, state, log } = fakePayload(2);
  state.isStale = true;
  await setUp(all).consume(payload);
  expect(log).toEqual([]);
});

test('a hook that throws is logged and disturbs nothing', async () => {
  const { payload, log } = fakePayload(1);
  const logger = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
  const broken = () => {
    throw new TypeError('a label is missing');
  };
  const { consume } = setUp(all, { hooks: guardHooks({ onLag: broken, onBatch: broken }, logger) });
  await consume(payload);
  expect(log).toEqual(['commit 1', 'resolve 0']);
  expect(logger.error).toHaveBeenCalledTimes(2);
});
