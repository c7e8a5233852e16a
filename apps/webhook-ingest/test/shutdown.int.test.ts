import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '@contact-sync/testing';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { deliver } from './support/acme.ts';
import { copiesOf } from './support/effects.ts';
import { newContact } from './support/events.ts';
import { type Ingest, launchIngest, startIngest } from './support/ingest.ts';
import { isTaken, startLoad } from './support/load.ts';
import { type Servers, startServers } from './support/servers.ts';
import { readEvents } from './support/topics.ts';
import { beginDelivery, openConnection, requestBytes } from './support/wire.ts';

let servers: Servers;
beforeAll(async () => {
  servers = await startServers();
});
afterAll(() => servers?.stop());
afterEach(() => servers.heal());

/** Asks `/readyz` all the time, as a load balancer does. */
const watchReadiness = (ingest: Ingest) => {
  let isReady = true;
  let isWatching = true;
  const watching = (async () => {
    while (isWatching) {
      isReady = await ingest.isReady();
      await pause(20);
    }
  })();
  return {
    isReady: () => isReady,
    stop: async () => {
      isWatching = false;
      await watching;
    },
  };
};

/** As many new events, each on a connection of its own whose request the service has begun to read. */
const beginDeliveries = async (ingest: Ingest, count: number) => {
  const events = Array.from({ length: count }, () => newContact());
  const begun = await Promise.all(events.map((event) => beginDelivery(ingest, event)));
  return { events, finish: () => Promise.all(begun.map(({ finish }) => finish())) };
};

describe('a service that is told to stop (SIGTERM)', () => {
  test('under load: not ready first, then every delivery on its way taken, no request failed, exit 0 within 10 s', async () => {
    await using ingest = await startIngest(servers, { settings: { DRAIN_DELAY_MS: '1000' } });
    const readiness = watchReadiness(ingest);
    const load = startLoad(ingest, { senders: 20, maySend: readiness.isReady });
    await eventually(() => load.taken.size > 200, { timeoutMs: 60_000 });

    const toldAt = performance.now();
    ingest.kill('SIGTERM');
    await eventually(() => !readiness.isReady());
    const notReadyAt = performance.now();
    expect((await deliver(ingest, newContact())).status).toBe(202);
    expect(await ingest.ended).toEqual({ code: 0, signal: null });
    expect(performance.now() - toldAt).toBeLessThan(10_000);
    await readiness.stop();
    await load.abandon();

    expect(notReadyAt - toldAt).toBeLessThan(1_000);
    expect(load.attempts.filter((attempt) => !isTaken(attempt))).toEqual([]);
    const copies = copiesOf(await readEvents(servers));
    expect([...load.taken].filter((eventId) => !copies.has(eventId))).toEqual([]);
  });

  test('with deliveries waiting for a slow broker: each is finished and taken before it ends', async () => {
    await using ingest = await startIngest(servers);
    servers.proxies.kafka.setBehaviour({ kind: 'delay', replyMs: 1_000 });
    const { events, finish } = await beginDeliveries(ingest, 50);
    const answers = finish();
    ingest.kill('SIGTERM');
    expect(new Set(await answers)).toEqual(new Set([202]));
    expect(await ingest.ended).toEqual({ code: 0, signal: null });
    const copies = copiesOf(await readEvents(servers));
    expect(events.filter(({ id }) => !copies.has(id))).toEqual([]);
  });

  test('while the broker is frozen: what waits is answered 503, never 2xx, and it ends within 10 s', async () => {
    await using ingest = await startIngest(servers, { settings: { PRODUCE_DEADLINE_MS: '1500' } });
    expect((await deliver(ingest, newContact())).status).toBe(202);
    await servers.freeze('kafka');
    const { finish } = await beginDeliveries(ingest, 50);
    const answers = finish();
    const toldAt = performance.now();
    ingest.kill('SIGTERM');
    expect(new Set(await answers)).toEqual(new Set([503]));
    expect(await ingest.ended).toEqual({ code: 0, signal: null });
    expect(performance.now() - toldAt).toBeLessThan(10_000);
  });

  test.each([
    ['says nothing', 0],
    ['has sent half of its delivery', 400],
  ])('while a connection %s: it ends with 0 within 10 s all the same', async (_, bytes) => {
    await using ingest = await startIngest(servers);
    const socket = await openConnection(ingest);
    socket.write(requestBytes(JSON.stringify(newContact())).subarray(0, bytes));
    expect((await deliver(ingest, newContact())).status).toBe(202);
    const toldAt = performance.now();
    ingest.kill('SIGTERM');
    expect(await ingest.ended).toEqual({ code: 0, signal: null });
    expect(performance.now() - toldAt).toBeLessThan(10_000);
  });

  test('before its dependencies were ever there: it ends with 0 at once', async () => {
    servers.proxies.registry.setBehaviour({ kind: 'refuse' });
    await using ingest = await launchIngest(servers);
    await eventually(async () => (await fetch(`${ingest.opsUrl}/startupz`)).ok, { timeoutMs: 60_000 });
    ingest.kill('SIGTERM');
    expect(await ingest.ended).toEqual({ code: 0, signal: null });
  });
});
