import { randomUUID } from 'node:crypto';
import { createTestIssuer } from '@contact-sync/access/testing';
import { rewindRoutes } from '@contact-sync/api-contracts';
import type { ApplyResult, SourceEvent } from '@contact-sync/domain';
import {
  acmeContactUpdated,
  createLogReader,
  createProducer,
  deploySchemas,
  deployTopics,
  integrationContactUpdated,
  integrationEventContracts,
  sourceEventContracts,
} from '@contact-sync/kafka';
import { createMetrics, serveRoutes } from '@contact-sync/service-kit';
import { checkedAnswers } from '@contact-sync/service-kit/testing';
import {
  acmeContact,
  acmeEvent,
  eventually,
  sourceEvent,
  testEnvironment,
  uniquePrefix,
} from '@contact-sync/testing';
import { expect, onTestFinished, test } from 'vitest';
import { createRedisJobStore } from '../src/adapters/jobs/redis-job-store.ts';
import { createRedisAuditLog } from '../src/adapters/letters/redis-audit-log.ts';
import { createSecuredServer } from '../src/app.ts';
import { createJobStep } from '../src/jobs/work-on-jobs.ts';
import type { RewindProgress, RewindRequest } from '../src/rewind/rewind-job.ts';
import { createRewindPiece } from '../src/rewind/rewind-piece.ts';
import { rewindHandlers } from '../src/routes/rewinds/rewind-handlers.ts';
import { connectClient, connectCodec, connectRedis, silent } from './support/servers.ts';

/** Rewinds on the real topics, of which contact-service is played by the test: it knows its own events from others'. */
const setUp = async () => {
  const client = connectClient();
  const contracts = [...sourceEventContracts, ...integrationEventContracts];
  await deployTopics(
    client,
    contracts.map(({ topic }) => ({ name: topic, partitions: 6, config: {} })),
  );
  await deploySchemas({ url: testEnvironment().SCHEMA_REGISTRY_URL }, contracts);
  const [redis, prefix, codec] = [await connectRedis(), uniquePrefix(), connectCodec()];
  const producer = createProducer({ client, codec, contracts, logger: silent });
  const reader = createLogReader(client);
  onTestFinished(async () => {
    await Promise.all([producer.close(), reader.close()]);
  });
  await producer.connect();
  const seen: { readonly event: SourceEvent; readonly dryRun: boolean }[] = [];
  const lifted: { readonly id: string; readonly version: number; readonly dryRun: boolean }[] = [];
  const world = { result: ({ eventId }: SourceEvent): ApplyResult => ({ eventId, fate: 'duplicate' }) };
  const store = createRedisJobStore<RewindRequest, RewindProgress>({ redis, name: 'rewinds', prefix });
  const piece = createRewindPiece({
    reader,
    codec,
    contacts: {
      apply: async (events, { dryRun }) => {
        seen.push(...events.map((event) => ({ event, dryRun })));
        return events.map(world.result);
      },
    },
    lifter: {
      lift: async (contacts, { dryRun }) => {
        lifted.push(...contacts.map((contact) => ({ ...contact, dryRun })));
        return contacts.map(({ id }) => id);
      },
    },
  });
  const alone = { take: async () => true, release: async () => undefined };
  const step = createJobStep({ store, lease: alone, now: Date.now }, { piece });
  const issuer = createTestIssuer();
  const rewinds = { store, audit: createRedisAuditLog({ redis, prefix }), now: Date.now };
  const app = await createSecuredServer(
    issuer.access(),
    { TOKEN_ISSUER: 'contact-sync' },
    { logger: silent, metrics: createMetrics('test'), plugins: [checkedAnswers] },
  );
  await serveRoutes(app, rewindRoutes, rewindHandlers(rewinds));
  const headers = { authorization: `Bearer ${issuer.userToken('admin')}` };
  const call = (method: 'GET' | 'POST' | 'DELETE', path: string, payload?: object) =>
    app.inject({ method, url: `/api/v1/rewinds${path}`, headers, ...(payload !== undefined && { payload }) });
  const run = async (request: RewindRequest) => {
    const { id } = (await call('POST', '', request)).json();
    const { signal } = new AbortController();
    // A broker that has seen no group yet takes no commit for a while; the loop of the service tries on, too.
    const stepped = async () => ({ goesOn: await step(signal) });
    while ((await eventually(stepped, { timeoutMs: 30_000 })).goesOn);
    return (await call('GET', `/${id}`)).json();
  };
  const tell = (eventId: string, version = 1) => {
    const event = sourceEvent(acmeEvent(acmeContact(1, { id: randomUUID(), acme_version: version })));
    const value = { ...event, eventId, eventType: 'contact.updated' } as never;
    return producer.send(acmeContactUpdated, { value });
  };
  const publish = (contactId: string, version: number) =>
    producer.send(integrationContactUpdated, {
      value: {
        eventId: randomUUID(),
        eventType: 'contact.updated',
        occurredAt: new Date().toISOString(),
        contactId,
        version,
        data: { ...contactFields, id: contactId, version },
      } as never,
    });
  return { client, call, run, step, tell, publish, seen, lifted, world };
};

const contactFields = {
  firstName: 'Ada',
  lastName: 'Lovelace',
  email: 'ada@example.com',
  phone: null,
  company: null,
  title: null,
  notes: null,
  address: null,
  status: null,
  tags: [],
  customFields: {},
  source: 'acmecrm',
  sourceId: 'acme-1',
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
};

const now = () => new Date().toISOString();

test('a rewind lifts what others were told of at its highest version, then applies what came since, and nothing older', async () => {
  const { run, tell, publish, seen, lifted, world, client } = await setUp();
  await tell('before');
  const told = Date.now();
  await eventually(() => expect(Date.now()).toBeGreaterThan(told));
  const to = now();
  const [contactId, mark] = [randomUUID(), randomUUID()];
  await publish(contactId, 4);
  await publish(contactId, 7);
  await tell(`${mark}-lost`);
  await tell(`${mark}-known`);
  world.result = ({ eventId }) => ({ eventId, fate: eventId.endsWith('-lost') ? 'applied' : 'duplicate' });
  const rewind = await run({ to });
  expect(rewind).toMatchObject({ state: 'done', progress: { failed: 0 } });
  expect(rewind.progress.read).toBe(rewind.progress.planned);
  expect(lifted).toContainEqual({ id: contactId, version: 7, erased: false, dryRun: false });
  const ids = seen.map(({ event }) => event.eventId);
  expect(ids.filter((id) => id.startsWith(mark)).toSorted()).toEqual([`${mark}-known`, `${mark}-lost`]);
  expect(ids).not.toContain('before');
  expect(rewind.progress).toMatchObject({ applied: 1 });
  const admin = client.kafka.admin();
  await admin.connect();
  const offsets = await admin.fetchOffsets({ groupId: rewind.group, topics: [acmeContactUpdated.topic] });
  await admin.disconnect();
  expect(offsets[0]?.partitions.some(({ offset }) => Number(offset) > 0)).toBe(true);
});

test('a dry run asks for everything and writes nothing', async () => {
  const { run, tell, publish, seen, lifted } = await setUp();
  const to = now();
  await publish(randomUUID(), 3);
  await tell('evt');
  const rewind = await run({ to, dryRun: true });
  expect(rewind).toMatchObject({ state: 'done', request: { dryRun: true } });
  expect(new Set([...seen, ...lifted].map(({ dryRun }) => dryRun))).toEqual(new Set([true]));
});

test('what cannot be applied is counted, and what may pass is asked again until it does', async () => {
  const { run, tell, world, step, call } = await setUp();
  const to = now();
  const mark = randomUUID();
  await tell(`${mark}-bad`);
  let isAway = true;
  world.result = ({ eventId }) =>
    eventId.startsWith(mark)
      ? { eventId, code: 'VERSION_CONFLICT', retryable: isAway }
      : { eventId, fate: 'duplicate' };
  const begun = (await call('POST', '', { to })).json();
  const { signal } = new AbortController();
  const steps = async () => {
    while (await step(signal));
  };
  await expect(steps()).rejects.toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
  expect((await call('GET', `/${begun.id}`)).json()).toMatchObject({ failure: 'DEPENDENCY_UNAVAILABLE' });
  isAway = false;
  await steps();
  const rewind = (await call('GET', `/${begun.id}`)).json();
  expect(rewind).toMatchObject({ state: 'done' });
  expect(rewind.progress.failed).toBeGreaterThanOrEqual(1);
  expect(rewind).not.toHaveProperty('failure');
  expect(await run({ to: new Date(Date.now() + 60_000).toISOString() })).toMatchObject({
    state: 'done',
    progress: { planned: 0 },
  });
});

test('a cancelled rewind ends where it is, and an unknown one is not found', async () => {
  const { call, step, tell, seen } = await setUp();
  const to = now();
  await tell('evt');
  const { id } = (await call('POST', '', { to })).json();
  await step(new AbortController().signal);
  expect((await call('DELETE', `/${id}`)).json()).toMatchObject({ state: 'cancelled' });
  await step(new AbortController().signal);
  expect((await call('GET', `/${id}`)).json()).toMatchObject({ state: 'cancelled' });
  expect(seen).toEqual([]);
  expect((await call('GET', `/${randomUUID()}`)).statusCode).toBe(404);
  expect((await call('POST', '', { to: 'yesterday' })).statusCode).toBe(400);
});
