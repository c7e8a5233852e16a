import { eventually } from '@contact-sync/testing';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { deliver } from './support/acme.ts';
import { copiesOf, doubledIn, effectsOf } from './support/effects.ts';
import { newContact, nextVersion } from './support/events.ts';
import { type Ingest, launchIngest, startIngest } from './support/ingest.ts';
import { isTaken, startLoad } from './support/load.ts';
import { type Servers, startServers } from './support/servers.ts';
import { readEvents } from './support/topics.ts';

let servers: Servers;
let ingest: Ingest;
beforeAll(async () => {
  servers = await startServers(['kafka', 'registry', 'redis']);
  ingest = await startIngest(servers);
});
afterAll(async () => {
  await ingest?.[Symbol.asyncDispose]();
  await servers?.stop();
});
afterEach(() => servers.heal());

const allTopicsHold = async (eventIds: readonly string[]) => {
  const copies = copiesOf(await readEvents(servers));
  expect(eventIds.filter((eventId) => !copies.has(eventId))).toEqual([]);
};

/** Each contact is at the version of its event, and no version took effect twice. */
const once = async (...latest: ReturnType<typeof newContact>[]) => {
  const events = await readEvents(servers);
  const effects = effectsOf(events);
  expect(latest.map(({ data }) => effects.get(data.id)?.sourceVersion)).toEqual(
    latest.map(({ data }) => data.acme_version),
  );
  expect(doubledIn(events)).toEqual([]);
};

const knowsRepeats = () =>
  eventually(async () => {
    const event = newContact();
    expect((await deliver(ingest, event)).status).toBe(202);
    expect((await deliver(ingest, event)).status).toBe(200);
  });

describe('Redis in trouble', () => {
  test.each<[string, () => Promise<void> | void]>([
    ['killed', () => servers.crash('redis')],
    ['frozen', () => servers.freeze('redis')],
    ['cut off', () => servers.proxies.redis.setBehaviour({ kind: 'refuse' })],
    ['losing every answer', () => servers.proxies.redis.setBehaviour({ kind: 'cut-before-reply' })],
    ['slow beyond its time-out', () => servers.proxies.redis.setBehaviour({ kind: 'delay', replyMs: 900 })],
  ])(
    '%s: events are taken and published all the same, and once it is back none is lost or doubled',
    async (_, hurt) => {
      const first = newContact();
      expect((await deliver(ingest, first)).status).toBe(202);
      await hurt();

      const second = nextVersion(first);
      const others = Array.from({ length: 30 }, () => newContact());
      const answers = await Promise.all([first, second, ...others].map((event) => deliver(ingest, event)));
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
      expect(Math.max(...answers.map(({ ms }) => ms))).toBeLessThan(4_000);
      expect((await deliver(ingest, second)).status).toBe(202);
      expect(await ingest.isReady()).toBe(true);

      await servers.heal();
      await knowsRepeats();
      await once(second, ...others);
    },
  );

  test('slow within its time-out: repeats are known', async () => {
    servers.proxies.redis.setBehaviour({ kind: 'delay', replyMs: 100 });
    await knowsRepeats();
  });

  test('killed and back again and again under load: every answer is 2xx and nothing is lost or doubled', async () => {
    const load = startLoad(ingest, { senders: 10 });
    for (let round = 0; round < 3; round += 1) {
      const taken = load.taken.size;
      await servers.crash('redis');
      await eventually(() => load.taken.size > taken + 50, { timeoutMs: 30_000 });
      await servers.heal();
      await eventually(() => load.taken.size > taken + 100, { timeoutMs: 30_000 });
    }
    await load.finish();
    expect(load.attempts.filter((attempt) => !isTaken(attempt))).toEqual([]);
    await allTopicsHold([...load.taken]);
    expect(doubledIn(await readEvents(servers))).toEqual([]);
  });

  test('away from the start: the service is ready without it and finds it later', async () => {
    await servers.crash('redis');
    await using late = await startIngest(servers);
    const event = newContact();
    expect((await deliver(late, event)).status).toBe(202);
    await servers.heal();
    await eventually(async () => expect((await deliver(late, event)).status).toBe(200));
    await once(event);
  });
});

describe('the registry in trouble', () => {
  test.each<[string, () => Promise<void> | void]>([
    ['cut off', () => servers.proxies.registry.setBehaviour({ kind: 'refuse' })],
    ['frozen', () => servers.freeze('registry')],
    ['slow', () => servers.proxies.registry.setBehaviour({ kind: 'delay', replyMs: 1_000 })],
  ])('%s while the service runs: it goes on, ready, with the ids it has', async (_, hurt) => {
    await hurt();
    const events = Array.from({ length: 20 }, () => newContact());
    const answers = await Promise.all(events.map((event) => deliver(ingest, event)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    expect(await ingest.isReady()).toBe(true);
    await servers.heal();
    await allTopicsHold(events.map(({ id }) => id));
  });

  test.each<[string, () => Promise<void> | void]>([
    ['killed', () => servers.crash('registry')],
    ['frozen', () => servers.freeze('registry')],
  ])(
    '%s at the start: alive and not ready, 503 with Retry-After within 4 s, ready by itself once it is back',
    async (_, hurt) => {
      await hurt();
      await using late = await launchIngest(servers);
      await eventually(async () => (await fetch(`${late.opsUrl}/startupz`)).ok, { timeoutMs: 60_000 });
      const verbose = await fetch(`${late.opsUrl}/readyz?verbose`);
      expect([verbose.status, await verbose.text()]).toEqual([503, expect.stringContaining('schemas')]);
      const event = newContact();
      const refused = await deliver(late, event);
      expect(refused).toMatchObject({ status: 503, retryAfter: expect.any(Number) });
      expect(refused.ms).toBeLessThan(5_000);
      expect((await fetch(`${late.opsUrl}/livez`)).status).toBe(200);

      await servers.heal();
      await late.untilReady();
      expect((await deliver(late, event)).status).toBe(202);
      await once(event);
    },
  );

  test('slow at the start: the service becomes ready all the same', async () => {
    servers.proxies.registry.setBehaviour({ kind: 'delay', replyMs: 500 });
    await using late = await startIngest(servers);
    expect((await deliver(late, newContact())).status).toBe(202);
  });
});
