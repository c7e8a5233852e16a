import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { BatchSender, type BatchSenderOptions } from './batch-sender.ts';
import type { Outgoing, RawRecord, Receipt } from './outgoing.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A link whose sends are settled by the test. */
const fakeLink = () => {
  const sends: {
    batch: readonly Outgoing[];
    ack: () => Promise<void>;
    fail: (error: unknown) => Promise<void>;
  }[] = [];
  const state = { isUp: true, abandoned: 0 };
  const settled = async () => void (await vi.advanceTimersByTimeAsync(0));
  const link = {
    isUp: () => state.isUp,
    abandon: () => {
      state.abandoned += 1;
      void sends.at(-1)?.fail(new Error('given up'));
    },
    send: (batch: readonly Outgoing[]) =>
      new Promise<Receipt[]>((resolve, reject) => {
        sends.push({
          batch,
          ack: () => {
            resolve(
              batch.map(({ record }, index) => ({ topic: record.topic, partition: 0, offset: `${index}` })),
            );
            return settled();
          },
          fail: (error) => {
            reject(error);
            return settled();
          },
        });
      }),
  };
  const keys = (index: number) => sends[index]?.batch.map(({ record }) => record.key);
  return { link, sends, state, keys };
};

const setUp = (options: Partial<BatchSenderOptions> = {}) => {
  const fake = fakeLink();
  const sender = new BatchSender(fake.link, {
    lingerMs: 0,
    batch: { maxRecords: 100, maxBytes: 10_000 },
    queue: { maxRecords: 1_000, maxBytes: 100_000 },
    maxRecordBytes: 50_000,
    deadlineMs: 3_000,
    ...options,
  });
  /** What became of a send, once it has. */
  const send = (key: string, change: Partial<RawRecord> = {}) => {
    const outcome: { receipt?: Receipt; code?: string; retryable?: boolean } = {};
    sender.send({ topic: 't', key, value: Buffer.from('v'), headers: {}, ...change }).then(
      (receipt) => {
        outcome.receipt = receipt;
      },
      (error: { code: string; retryable: boolean }) => {
        outcome.code = error.code;
        outcome.retryable = error.retryable;
      },
    );
    return outcome;
  };
  return { ...fake, sender, send };
};

const turn = () => vi.advanceTimersByTimeAsync(0);

test('when idle, what arrives in one turn of the loop goes at once as one batch', async () => {
  const { send, keys } = setUp();
  send('a');
  send('b');
  await turn();
  expect(keys(0)).toEqual(['a', 'b']);
});

test('while a batch is in flight the next one gathers, in the order of the calls', async () => {
  const { send, sends, keys } = setUp();
  send('a');
  await turn();
  for (const key of ['b', 'c', 'd']) {
    send(key);
    await turn();
  }
  expect(sends).toHaveLength(1);
  await sends[0]?.ack();
  expect(keys(1)).toEqual(['b', 'c', 'd']);
});

test('the first of a batch waits for company as long as the linger time says', async () => {
  const { send, sends, keys } = setUp({ lingerMs: 5 });
  send('a');
  await vi.advanceTimersByTimeAsync(4);
  send('b');
  expect(sends).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(1);
  expect(keys(0)).toEqual(['a', 'b']);
});

test('a batch ends at its limits in records and bytes, and a larger record goes alone', async () => {
  const { send, sends, keys } = setUp({ batch: { maxRecords: 2, maxBytes: 1_000 } });
  for (const key of ['a', 'b', 'c']) send(key);
  send('large', { value: Buffer.alloc(5_000) });
  send('d');
  await turn();
  for (let index = 0; index < 4; index += 1) await sends[index]?.ack();
  expect([0, 1, 2, 3].map(keys)).toEqual([['a', 'b'], ['c'], ['large'], ['d']]);
});

test('each record is settled by its own receipt', async () => {
  const { send, sends } = setUp();
  const [first, second] = [send('a'), send('b', { topic: 'u' })];
  await turn();
  await sends[0]?.ack();
  expect(first.receipt).toEqual({ topic: 't', partition: 0, offset: '0' });
  expect(second.receipt).toEqual({ topic: 'u', partition: 0, offset: '1' });
});

test('a failed batch fails its own records, retryable, and no other', async () => {
  const { send, sends } = setUp();
  const first = send('a');
  await turn();
  const second = send('b');
  await sends[0]?.fail(new Error('broken'));
  expect(first).toEqual({ code: 'DEPENDENCY_UNAVAILABLE', retryable: true });
  await sends[1]?.ack();
  expect(second.receipt).toBeDefined();
});

test('a full queue refuses at once, retryable, and has room again after the next batch', async () => {
  const { send, sends } = setUp({ queue: { maxRecords: 2, maxBytes: 100_000 } });
  send('in flight');
  await turn();
  send('a');
  send('b');
  const refused = send('c');
  await turn();
  expect(refused).toEqual({ code: 'OVERLOADED', retryable: true });
  await sends[0]?.ack();
  const taken = send('d');
  await sends[1]?.ack();
  await sends[2]?.ack();
  expect(taken.receipt).toBeDefined();
});

test('a queue full of bytes refuses as well', async () => {
  const { send } = setUp({ queue: { maxRecords: 100, maxBytes: 2_000 } });
  send('a', { value: Buffer.alloc(1_500) });
  const refused = send('b', { value: Buffer.alloc(1_500) });
  await turn();
  expect(refused.code).toBe('OVERLOADED');
});

test('a record beyond the limit is refused for good', async () => {
  const { send } = setUp({ maxRecordBytes: 1_000 });
  const refused = send('a', { value: Buffer.alloc(1_001) });
  await turn();
  expect(refused).toEqual({ code: 'PAYLOAD_TOO_LARGE', retryable: false });
});

test('without an ack each record fails at its own deadline, and then the send in flight is given up', async () => {
  const { send, state } = setUp();
  const first = send('a');
  const second = send('b');
  await vi.advanceTimersByTimeAsync(1_000);
  const third = send('c');
  await vi.advanceTimersByTimeAsync(1_999);
  expect([first.code, second.code, state.abandoned]).toEqual([undefined, undefined, 0]);
  await vi.advanceTimersByTimeAsync(1);
  expect([first.code, second.code, third.code]).toEqual([
    'DEPENDENCY_UNAVAILABLE',
    'DEPENDENCY_UNAVAILABLE',
    undefined,
  ]);
  expect(state.abandoned).toBe(1);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(third.code).toBe('DEPENDENCY_UNAVAILABLE');
});

test('a late ack after the deadline is harmless', async () => {
  const { send, sends, link } = setUp();
  link.abandon = () => undefined;
  const outcome = send('a');
  await vi.advanceTimersByTimeAsync(3_000);
  await sends[0]?.ack();
  expect(outcome).toEqual({ code: 'DEPENDENCY_UNAVAILABLE', retryable: true });
});

test('while the link is down records wait, fail at their deadline, and leave the queue empty', async () => {
  const { send, sender, sends, state } = setUp({ queue: { maxRecords: 1, maxBytes: 100_000 } });
  state.isUp = false;
  for (let second = 0; second < 3; second += 1) {
    const outcome = send('a');
    await vi.advanceTimersByTimeAsync(3_000);
    expect(outcome.code).toBe('DEPENDENCY_UNAVAILABLE');
    expect(sender.pending()).toEqual({ records: 0, bytes: 0 });
  }
  expect(sends).toHaveLength(0);
});

test('what waited is sent as soon as the link comes up', async () => {
  const { send, sender, state, keys } = setUp();
  state.isUp = false;
  send('a');
  await vi.advanceTimersByTimeAsync(1_000);
  state.isUp = true;
  sender.flush();
  expect(keys(0)).toEqual(['a']);
});

test.each([
  ['by itself', Object.assign(new Error('too large'), { type: 'MESSAGE_TOO_LARGE' })],
  [
    'as a cause',
    new Error('retries', { cause: Object.assign(new Error(), { type: 'RECORD_LIST_TOO_LARGE' }) }),
  ],
])('a record that the broker finds too large is refused for good: %s', async (_, error) => {
  const { send, sends } = setUp();
  const refused = send('a');
  await turn();
  await sends[0]?.fail(error);
  expect(refused).toEqual({ code: 'PAYLOAD_TOO_LARGE', retryable: false });
});

test('draining takes no more and ends when the last record is settled', async () => {
  const { send, sender, sends } = setUp();
  const last = send('a');
  await turn();
  const waiting = send('b');
  let isDrained = false;
  void sender.drain().then(() => {
    isDrained = true;
  });
  const refused = send('c');
  await sends[0]?.ack();
  expect([last.receipt, refused.code, isDrained]).toEqual([expect.anything(), 'SHUTTING_DOWN', false]);
  await sends[1]?.ack();
  expect([waiting.receipt, isDrained]).toEqual([expect.anything(), true]);
  expect(vi.getTimerCount()).toBe(0);
});

test('draining an idle sender ends at once', async () => {
  await expect(setUp().sender.drain()).resolves.toBeUndefined();
});
