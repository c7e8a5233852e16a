import { AppError } from '@contact-sync/domain';
import type { KafkaMessage } from 'kafkajs';
import { expect, test } from 'vitest';
import { createdEvent } from '../../test/support/events.ts';
import { fakeRegistry } from '../../test/support/fake-registry.ts';
import { silent } from '../../test/support/servers.ts';
import { createCodec } from '../avro/codec.ts';
import { type AcmeContactCreated, acmeContactCreated } from '../contracts/acme-contact.ts';
import { createBrake } from './brake.ts';
import { createBreaker } from './breaker.ts';
import { createHandleRecords } from './handle-records.ts';
import { type BatchHandler, defineHandler } from './handler.ts';
import { createRecordReader } from './incoming-record.ts';
import { done, type Outcome, refuseBatch } from './outcome.ts';
import { createWorkOff } from './work-off.ts';

const refused = { stage: 'validate', code: 'INVALID_BODY', pointer: '/extra/acme_schema' } as const;
const away = (code: 'TIMEOUT' | 'DEPENDENCY_UNAVAILABLE') =>
  new AppError(code, { message: 'x', retryable: true });

/** Records of the ids, through the real codec; what the handler is given and what is settled. */
const setUp = async (handle: BatchHandler<AcmeContactCreated>) => {
  const codec = createCodec({ registry: fakeRegistry().registry });
  await codec.prepare([acmeContactCreated]);
  const settled: Outcome[] = [];
  const backoff = { firstMs: 1_000, maxMs: 1_000 };
  const breakers = { handler: createBreaker(backoff), recorder: createBreaker(backoff) };
  const contracts = [acmeContactCreated];
  const workOff = createWorkOff({
    groupId: 'g',
    codec,
    contracts,
    handle: createHandleRecords({
      handler: defineHandler(contracts, handle),
      timeoutMs: 1_000,
      breaker: breakers.handler,
    }),
    settle: async (judgements) => {
      settled.push(...judgements.map(({ outcome }) => outcome));
      return { settled: judgements.length };
    },
    breakers,
    brake: createBrake({ logger: silent, onChange: () => undefined }),
  });
  const recordsOf = (...ids: (string | null)[]) =>
    ids.map((eventId, offset) =>
      createRecordReader()(acmeContactCreated.topic, 0, {
        key: null,
        value: eventId === null ? null : codec.encode(acmeContactCreated, createdEvent({ eventId })),
        timestamp: '0',
        offset: String(offset),
        headers: {},
        attributes: 0,
      } as KafkaMessage),
    );
  const run = (failures: number, ...ids: (string | null)[]) =>
    workOff(recordsOf(...ids), {
      streak: { failures, lastAt: failures === 0 ? Number.NEGATIVE_INFINITY : performance.now() },
      stop: new AbortController().signal,
    });
  return { run, settled };
};

const idsOf = (records: readonly { readonly value: AcmeContactCreated }[]) =>
  records.map(({ value }) => value.eventId);

test('a batch that the other side refuses is worked off at once, the record at fault as a dead letter', async () => {
  const { run, settled } = await setUp(async (records) =>
    idsOf(records).includes('poison') ? refuseBatch(refused) : records.map(() => done('applied')),
  );
  expect(await run(0, 'a', 'poison', null, 'b')).toEqual({ settled: 4 });
  expect(settled).toEqual([
    done('applied'),
    { kind: 'deadLetter', ...refused },
    { kind: 'deadLetter', stage: 'decode', code: 'UNDECODABLE' },
    done('applied'),
  ]);
});

test('a batch that fails as a whole waits twice, and is halved the third time', async () => {
  const { run, settled } = await setUp(async (records) => {
    if (idsOf(records).includes('poison')) throw new TypeError('x');
    return records.map(() => done('applied'));
  });
  expect(await run(0, 'a', 'poison')).toMatchObject({ settled: 0, pause: { cause: 'fault' } });
  expect(await run(1, 'a', 'poison')).toMatchObject({ settled: 0, pause: { cause: 'fault' } });
  expect(await run(2, 'a', 'poison')).toEqual({ settled: 2 });
  expect(settled).toEqual([done('applied'), { kind: 'retryLater', stage: 'handle', code: 'INTERNAL' }]);
});

test('a dependency that says it takes nothing is never asked in halves', async () => {
  let calls = 0;
  const { run } = await setUp(async () => {
    calls += 1;
    throw away('DEPENDENCY_UNAVAILABLE');
  });
  expect(await run(7, 'a', 'b')).toMatchObject({ settled: 0, pause: { cause: 'dependency' } });
  expect(calls).toBe(1);
});

test('what one partition finds down no other asks before the wait is over, which is no failure of it', async () => {
  let calls = 0;
  const { run } = await setUp(async () => {
    calls += 1;
    throw away('DEPENDENCY_UNAVAILABLE');
  });
  expect(await run(0, 'a')).toMatchObject({
    settled: 0,
    pause: { cause: 'dependency', error: expect.anything() },
  });
  const { settled, pause } = await run(0, 'b');
  expect([settled, pause?.cause, calls]).toEqual([0, 'dependency', 1]);
  expect(pause).not.toHaveProperty('error');
  expect(pause?.waitMs).toBeGreaterThan(0);
});

test('a lone record waits while nobody is answered, and is to blame once others are', async () => {
  const { run, settled } = await setUp(async (records) => {
    if (idsOf(records).includes('poison')) throw away('TIMEOUT');
    return records.map(() => done('applied'));
  });
  expect(await run(2, 'poison')).toMatchObject({ settled: 0, pause: { cause: 'dependency' } });
  expect(await run(2, 'poison')).toMatchObject({ settled: 0, pause: { cause: 'dependency' } });
  expect(await run(2, 'a', 'poison')).toEqual({ settled: 2 });
  expect(settled).toEqual([done('applied'), { kind: 'retryLater', stage: 'handle', code: 'TIMEOUT' }]);
});

test('what is undecodable in front of a fault is a dead letter all the same', async () => {
  const { run, settled } = await setUp(async () => {
    throw away('DEPENDENCY_UNAVAILABLE');
  });
  expect(await run(0, null, 'a')).toMatchObject({ settled: 1, pause: { cause: 'dependency' } });
  expect(settled).toEqual([{ kind: 'deadLetter', stage: 'decode', code: 'UNDECODABLE' }]);
});

test('waits as long as the other side says, where that is longer than a fault of its kind waits', async () => {
  const { run } = await setUp(async () => {
    const message = 'not for a while';
    throw new AppError('DEPENDENCY_UNAVAILABLE', { message, retryable: true, retryAfterMs: 60_000 });
  });
  expect(await run(0, 'a')).toMatchObject({ settled: 0, pause: { cause: 'dependency', waitMs: 60_000 } });
});
