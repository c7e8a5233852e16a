import { webhookQuarantine } from '@contact-sync/kafka';
import { eventually } from '@contact-sync/testing';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { deliver } from './support/acme.ts';
import { copiesOf, doubledIn, effectsOf } from './support/effects.ts';
import { newContact } from './support/events.ts';
import { type Ingest, startIngest } from './support/ingest.ts';
import { isTaken, type Load, startLoad } from './support/load.ts';
import { type Servers, startServers } from './support/servers.ts';
import { readEvents } from './support/topics.ts';

const outageMs = Number(process.env['BROKER_OUTAGE_MS'] ?? 12_000);
// The design's bound, and a second for a machine that has other things to do.
const answerWithinMs = 4_000 + 1_000;

let servers: Servers;
beforeAll(async () => {
  servers = await startServers();
});
afterAll(() => servers?.stop());

const past = (moment: number) =>
  eventually(() => performance.now() > moment, { timeoutMs: outageMs + 60_000 });

describe(`a broker that is killed under load and away for ${outageMs / 1_000} s (BROKER_OUTAGE_MS)`, () => {
  let ingest: Ingest;
  let load: Load;
  let killedAt = 0;
  let isAwayAt = 0;
  let backAt = 0;
  let isReadyWhileAway = false;
  let toldWhileAway = '';
  let upWhileAway = 1;
  const memory: number[] = [];

  beforeAll(async () => {
    ingest = await startIngest(servers);
    load = startLoad(ingest, { senders: 60 });
    await eventually(() => load.taken.size > 300, { timeoutMs: 60_000 });
    killedAt = performance.now();
    await servers.crash('kafka');
    isAwayAt = performance.now();
    for (const part of [0.25, 0.5, 0.75, 1]) {
      await past(isAwayAt + part * outageMs);
      memory.push(await ingest.metric('process_resident_memory_bytes'));
    }
    isReadyWhileAway = await ingest.isReady();
    toldWhileAway = await (await fetch(`${ingest.opsUrl}/readyz?verbose`)).text();
    upWhileAway = await ingest.metric('dependency_up');
    await servers.heal();
    backAt = performance.now();
    await eventually(() => load.attempts.some((attempt) => isTaken(attempt) && attempt.startedAt > backAt), {
      timeoutMs: 30_000,
    });
    await load.finish();
  }, 240_000 + outageMs);
  afterAll(() => ingest?.[Symbol.asyncDispose]());

  test('every answer meanwhile is a 503 with Retry-After, within 4 s', () => {
    const away = load.attempts.filter(
      ({ startedAt, ms }) => startedAt > isAwayAt && startedAt + ms < isAwayAt + outageMs,
    );
    expect(away.length).toBeGreaterThan(60);
    expect(new Set(away.map(({ status }) => status))).toEqual(new Set([503]));
    for (const { retryAfter } of away) expect(retryAfter).toBeGreaterThanOrEqual(1);
    const slowest = Math.max(...load.attempts.map(({ ms }) => ms));
    expect(slowest).toBeLessThan(answerWithinMs);
  });

  test('what was under way when it died was answered too, and none of it falsely', async () => {
    const underWay = load.attempts.filter(
      ({ startedAt, ms }) => startedAt < killedAt && startedAt + ms > killedAt,
    );
    expect(underWay.length).toBeGreaterThan(0);
    expect(underWay.every(({ status }) => status === 503 || status === 202)).toBe(true);
  });

  test('the process stays ready for its own 503, and tells that Kafka is away', () => {
    expect(isReadyWhileAway).toBe(true);
    expect(toldWhileAway).toContain('no connection to Kafka');
    expect(upWhileAway).toBe(0);
  });

  test('memory stays flat', () => {
    expect(Math.max(...memory) - Math.min(...memory)).toBeLessThan(64 * 1_048_576);
  });

  test('the first event is taken again within 15 s of its return, by the same process', async () => {
    const first = load.attempts.find(
      (attempt) => isTaken(attempt) && attempt.startedAt + attempt.ms > backAt,
    );
    expect((first?.startedAt ?? 0) + (first?.ms ?? 0) - backAt).toBeLessThan(15_000);
    await ingest.untilConnected(15_000);
  });

  test('every event that was answered 2xx is on the topic and has one effect', async () => {
    const events = await readEvents(servers);
    const copies = copiesOf(events);
    expect([...load.taken].filter((eventId) => !copies.has(eventId))).toEqual([]);
    expect(doubledIn(events)).toEqual([]);
  });
});

describe('a broker in trouble', () => {
  let ingest: Ingest;
  beforeAll(async () => {
    ingest = await startIngest(servers);
  });
  afterAll(() => ingest?.[Symbol.asyncDispose]());
  afterEach(async () => {
    await servers.heal();
    await ingest.untilConnected();
  });

  const effectOf = async ({ data }: ReturnType<typeof newContact>) =>
    effectsOf(await readEvents(servers)).get(data.id);

  test('frozen: 503 with Retry-After within 4 s, then the retry is taken; the late record and it are one effect', async () => {
    const event = newContact();
    expect((await deliver(ingest, newContact())).status).toBe(202);
    await servers.freeze('kafka');
    const refused = await deliver(ingest, event);
    expect(refused).toMatchObject({ status: 503, retryAfter: expect.any(Number) });
    expect(refused.ms).toBeLessThan(answerWithinMs);

    await servers.heal();
    const thawedAt = performance.now();
    await eventually(async () => expect((await deliver(ingest, event)).status).toBe(202), {
      timeoutMs: 30_000,
    });
    expect(performance.now() - thawedAt).toBeLessThan(15_000);
    expect(await effectOf(event)).toMatchObject({ history: [1], sourceVersion: 1 });
  });

  test('an ack that comes after our deadline: 503, and the retry makes a second record with no second effect', async () => {
    const event = newContact();
    servers.proxies.kafka.setBehaviour({ kind: 'delay', replyMs: 4_500 });
    const refused = await deliver(ingest, event);
    expect(refused).toMatchObject({ status: 503, retryAfter: expect.any(Number) });
    expect(refused.ms).toBeLessThan(answerWithinMs);
    expect(copiesOf(await readEvents(servers)).get(event.id)).toBe(1);

    await servers.heal();
    await eventually(async () => expect((await deliver(ingest, event)).status).toBe(202), {
      timeoutMs: 30_000,
    });
    expect(await effectOf(event)).toEqual({
      fates: ['applied', 'applied'],
      history: [1],
      sourceVersion: 1,
    });
  });

  test('slow: every delivery is taken, each once, within 4 s', async () => {
    servers.proxies.kafka.setBehaviour({ kind: 'delay', requestMs: 300, replyMs: 300, jitterMs: 100 });
    const events = Array.from({ length: 100 }, () => newContact());
    const answers = await Promise.all(events.map((event) => deliver(ingest, event)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    expect(Math.max(...answers.map(({ ms }) => ms))).toBeLessThan(answerWithinMs);
    const copies = copiesOf(await readEvents(servers));
    expect(events.map(({ id }) => copies.get(id))).toEqual(events.map(() => 1));
  });

  test('connections that break at random: what was answered 2xx is on the topic', async () => {
    const load = startLoad(ingest, { senders: 10 });
    servers.proxies.kafka.setBehaviour({ kind: 'cut-before-reply', chance: 0.1 });
    await eventually(() => servers.proxies.kafka.stats.cuts > 5, { timeoutMs: 60_000 });
    servers.proxies.kafka.setBehaviour({ kind: 'pass' });
    await load.finish();
    const events = await readEvents(servers);
    const copies = copiesOf(events);
    expect([...load.taken].filter((eventId) => !copies.has(eventId))).toEqual([]);
    expect(doubledIn(events)).toEqual([]);
  });

  test('without the topic of the quarantine: refused deliveries are 503, and good ones pay nothing for them', async () => {
    const admin = servers.client.kafka.admin();
    await admin.connect();
    await admin.deleteTopics({ topics: [webhookQuarantine.topic] });
    await admin.disconnect();
    const refused = () => deliver(ingest, [newContact(), { event: 'contact.created' }]);
    // Until a copy's own knowledge of the topic is out of date.
    await eventually(async () => expect((await refused()).status).toBe(503), { timeoutMs: 30_000 });

    const rounds = Array.from({ length: 20 }, async () => ({
      bad: await refused(),
      good: await Promise.all([deliver(ingest, newContact()), deliver(ingest, newContact())]),
    }));
    for (const { bad, good } of await Promise.all(rounds)) {
      expect(bad).toMatchObject({ status: 503, retryAfter: expect.any(Number) });
      for (const { status } of good) expect(status).toBe(202);
    }
    expect(await ingest.isReady()).toBe(true);
  });
});
