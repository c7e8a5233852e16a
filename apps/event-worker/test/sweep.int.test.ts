import { createTestIssuer } from '@contact-sync/access/testing';
import { type SweepRequest, sweepRoutes } from '@contact-sync/api-contracts';
import {
  createLogReader,
  createProducer,
  deploySchemas,
  deployTopics,
  sourceEventContracts,
} from '@contact-sync/kafka';
import { createMetrics, serveRoutes } from '@contact-sync/service-kit';
import { checkedAnswers } from '@contact-sync/service-kit/testing';
import { testEnvironment, uniquePrefix } from '@contact-sync/testing';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { createRedisJobStore } from '../src/adapters/jobs/redis-job-store.ts';
import { createRedisLease } from '../src/adapters/leases/redis-lease.ts';
import { createRedisAuditLog } from '../src/adapters/letters/redis-audit-log.ts';
import { createEventPublisher } from '../src/adapters/sweep/kafka-event-publisher.ts';
import { createRedisMetRecords, createRedisSweepMarks } from '../src/adapters/sweep/redis-sweep-state.ts';
import { createSecuredServer } from '../src/app.ts';
import { realTime } from '../src/dependencies/real-time.ts';
import { createJobStep } from '../src/jobs/work-on-jobs.ts';
import { decodeLetter } from '../src/replay/decode-letter.ts';
import { readOn, spansSince } from '../src/rewind/spans.ts';
import { type SweepRoutePorts, sweepHandlers } from '../src/routes/sweeps/sweep-handlers.ts';
import { withSchedule } from '../src/sweep/schedule.ts';
import type { SweepProgress } from '../src/sweep/sweep-job.ts';
import { createSweepPiece } from '../src/sweep/sweep-piece.ts';
import { connectClient, connectCodec, connectRedis, silent } from './support/servers.ts';
import { createMemoryAcme, createMemoryMirrors, shown } from './support/sweep-world.ts';

const topics = sourceEventContracts.map(({ topic }) => topic);

beforeAll(async () => {
  await deployTopics(
    connectClient(),
    topics.map((name) => ({ name, partitions: 6, config: {} })),
  );
  await deploySchemas({ url: testEnvironment().SCHEMA_REGISTRY_URL }, sourceEventContracts);
});

/** The routes of sweeps, and an admin who calls them. */
const serveSweeps = async (ports: SweepRoutePorts) => {
  const issuer = createTestIssuer();
  const app = await createSecuredServer(
    issuer.access(),
    { TOKEN_ISSUER: 'contact-sync' },
    { logger: silent, metrics: createMetrics('test'), plugins: [checkedAnswers] },
  );
  await serveRoutes(app, sweepRoutes, sweepHandlers(ports));
  const headers = { authorization: `Bearer ${issuer.userToken('admin')}` };
  return (method: 'GET' | 'POST' | 'DELETE', path: string, payload?: object) =>
    app.inject({ method, url: `/api/v1/sweeps${path}`, headers, ...(payload && { payload }) });
};

/** Sweeps on real topics and a real Redis, between an AcmeCRM and a contact-service that the test plays. */
const setUp = async ({ isOn = true, everyMs = 0 } = {}) => {
  const [redis, prefix, client, codec] = [
    await connectRedis(),
    uniquePrefix(),
    connectClient(),
    connectCodec(),
  ];
  const producer = createProducer({ client, codec, contracts: sourceEventContracts, logger: silent });
  const reader = createLogReader(client);
  onTestFinished(async () => {
    await Promise.all([producer.close(), reader.close()]);
  });
  await producer.connect();
  const [acme, mirrors, begun] = [createMemoryAcme(), createMemoryMirrors(50), Date.now()];
  const store = createRedisJobStore<SweepRequest, SweepProgress>({ redis, name: 'sweeps', prefix });
  const marks = createRedisSweepMarks({ redis, prefix });
  const publish = createEventPublisher(producer);
  /** A copy of the service, as good as new. */
  const copy = (owner: string) => {
    const lease = createRedisLease({ redis, name: 'sweeps', owner, leaseMs: 10_000, prefix });
    const piece = createSweepPiece(
      {
        acme: acme.api,
        mirrors: mirrors.reader,
        publish: async (events) => {
          await publish(events);
          events.forEach(mirrors.apply);
        },
        brake: { admit: async () => true },
        writer: { lookedUntil: async () => Date.now() },
        met: createRedisMetRecords({ redis, prefix }),
        marks,
        pause: realTime.pause,
        tell: () => undefined,
        finished: () => undefined,
        now: Date.now,
      },
      { ratePerSecond: 1_000, overlapMs: 600_000, graceMs: 60_000 },
    );
    const step = withSchedule(
      createJobStep({ store, lease, now: Date.now }, { piece }),
      { store, lease },
      { everyMs, now: Date.now },
    );
    return { step: () => step(new AbortController().signal), lease };
  };
  const audit = createRedisAuditLog({ redis, prefix });
  const call = await serveSweeps({ store, audit, isOn, now: Date.now });
  const work = async ({ step }: ReturnType<typeof copy>) => {
    while (await step());
  };
  /** Ids of events of this test's records that came to the topics. */
  const published = async (): Promise<string[]> => {
    let left = await spansSince(reader, topics, begun);
    const ids: string[] = [];
    while (left.length > 0) {
      const read = await readOn(reader, left);
      for (const record of read.records) {
        const decoded = await decodeLetter(codec, record.topic, record);
        if ('event' in decoded && decoded.event.eventId.includes(prefix)) ids.push(decoded.event.eventId);
      }
      left = [...read.left];
    }
    return ids;
  };
  const fill = (count: number) => {
    for (let index = 0; index < count; index += 1)
      acme.put(shown(`${prefix}${String(index).padStart(4, '0')}`, 1));
  };
  return { acme, mirrors, marks, copy, call, work, published, fill, prefix, store, audit };
};

test('a sweep that was asked for publishes what is newer there, and another copy goes on where one was killed', async () => {
  const { acme, mirrors, marks, copy, call, work, published, fill, prefix, audit } = await setUp();
  fill(650);
  mirrors.hold(shown(`${prefix}here`, 2));
  const begun = await call('POST', '', { full: true });
  expect([begun.statusCode, begun.headers['location']]).toEqual([202, `/api/v1/sweeps/${begun.json().id}`]);
  const killed = copy('killed');
  for (let count = 0; count < 3; count += 1) await killed.step();
  // As when its lease is over.
  await killed.lease.release();
  await work(copy('next'));
  const sweep = (await call('GET', `/${begun.json().id}`)).json();
  expect(sweep).toMatchObject({
    state: 'done',
    request: { full: true },
    progress: { read: 650, imported: 650, onlyHere: 1, checkedHere: 651 },
    findings: expect.arrayContaining([expect.objectContaining({ difference: 'only-here', here: 2 })]),
    agrees: false,
  });
  const ids = await published();
  expect([ids.length, new Set(ids).size]).toEqual([650, 650]);
  expect(ids).toContain(`sweep:${prefix}0000:1`);
  expect(await marks.read()).toBe('2026-11-28T11:00:00.000Z');
  expect((await audit.last(1))[0]).toMatchObject({ action: 'sweep', reason: 'full' });
  mirrors.held.delete(`${prefix}here`);
  const proof = (await call('POST', '', { full: true })).json();
  await work(copy('next'));
  expect((await call('GET', `/${proof.id}`)).json()).toMatchObject({
    state: 'done',
    agrees: true,
    findings: [],
  });
  expect((await call('GET', '')).json().items.map(({ id }: { id: string }) => id)).toEqual([
    proof.id,
    begun.json().id,
  ]);
  expect(acme.found).toEqual([`${prefix}here`]);
});

test("what is claimed by one page is no other page's, whoever repeats it, until the sweep is over", async () => {
  const redis = await connectRedis();
  const prefix = uniquePrefix();
  const [one, other] = [createRedisMetRecords({ redis, prefix }), createRedisMetRecords({ redis, prefix })];
  await one.add('s', ['shown']);
  expect(await one.without('s', ['shown', 'a', 'b'])).toEqual(['a', 'b']);
  expect(await one.claim('s', 'first', ['a', 'b'])).toEqual(['a', 'b']);
  expect(await other.claim('s', 'first', ['b', 'a'])).toEqual(['b', 'a']);
  expect(await other.claim('s', '7:42', ['a', 'c'])).toEqual(['c']);
  expect(await other.claim('another', '7:42', ['a'])).toEqual(['a']);
  await one.forget('s');
  expect(await redis.use((client) => client.keys(`${prefix}*:s`))).toEqual([]);
  expect(await other.claim('s', '7:42', ['a'])).toEqual(['a']);
});

test('a cancelled sweep ends where it is and leaves the mark where it was', async () => {
  const { copy, call, work, published, fill, marks } = await setUp();
  fill(450);
  const { id } = (await call('POST', '', {})).json();
  const worker = copy('one');
  for (let count = 0; count < 2; count += 1) await worker.step();
  expect((await call('DELETE', `/${id}`)).json()).toMatchObject({ state: 'cancelled' });
  await work(worker);
  expect((await call('GET', `/${id}`)).json()).toMatchObject({ state: 'cancelled', progress: { read: 200 } });
  expect([await published().then((ids) => ids.length), await marks.read()]).toEqual([200, undefined]);
});

test('a sweep begins by itself when it is due, in the copy that has the lease alone', async () => {
  const { copy, store, fill } = await setUp({ everyMs: 60_000 });
  fill(3);
  const [first, second] = [copy('first'), copy('second')];
  expect(await first.step()).toBe(true);
  expect(await second.step()).toBe(false);
  while (await first.step());
  const jobs = await store.all();
  expect(jobs.map(({ by, state, request }) => ({ by, state, request }))).toEqual([
    { by: 'schedule', state: 'done', request: {} },
  ]);
  // Nothing is due for a minute.
  expect(await first.step()).toBe(false);
});

test('nobody sweeps where no address of AcmeCRM is configured, and an unknown sweep is not found', async () => {
  const { call } = await setUp({ isOn: false });
  expect((await call('POST', '', {})).json()).toMatchObject({ code: 'CONFLICT' });
  expect((await call('GET', `/${crypto.randomUUID()}`)).statusCode).toBe(404);
  expect((await call('POST', '', { ratePerSecond: 0 })).statusCode).toBe(400);
});
