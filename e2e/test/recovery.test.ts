import type { EventFate } from '@contact-sync/api-contracts';
import { type Client, createClient } from '@contact-sync/client';
import { chunksOf, contactIdOfAcme, parseJson } from '@contact-sync/domain';
import { eventually } from '@contact-sync/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { limitFetches } from '../src/client-quota.ts';
import { type Accepted, createSender } from '../src/steady-load.ts';
import { type System, startSystem } from '../src/system.ts';

let system: System;
let api: Client;
let sender: ReturnType<typeof createSender>;

beforeAll(async () => {
  system = await startSystem({}, { ownBroker: true });
  api = createClient({ baseUrl: system.gatewayUrl, credentials: system.admin, parse: parseJson });
  sender = createSender(system, 'recovery');
});

afterAll(async () => {
  await system?.[Symbol.asyncDispose]();
});

const historyOf = async (acmeId: string) =>
  (await api.getHistory({ params: { id: contactIdOfAcme(acmeId) }, query: { limit: 10 } })).body.items;

const isVisible = (acmeId: string): Promise<boolean> =>
  api.getContact({ params: { id: contactIdOfAcme(acmeId) } }).then(
    () => true,
    () => false,
  );

/** Milliseconds until an event that is sent now is accepted, and until it is visible. */
const timeOfNewEvent = async () => {
  const startedAt = performance.now();
  const { acmeId } = await eventually(
    async () => (await sender.send()) ?? Promise.reject(new Error('not accepted')),
    {
      timeoutMs: 60_000,
    },
  );
  const acceptedMs = performance.now() - startedAt;
  await eventually(() => isVisible(acmeId), { timeoutMs: 60_000 });
  return { acceptedMs, visibleMs: performance.now() - startedAt };
};

const isAppliedOnce = async ({ acmeId }: Accepted) => {
  const entries = await eventually(
    async () => {
      const found = await historyOf(acmeId);
      expect(found.length).toBeGreaterThan(0);
      return found;
    },
    { timeoutMs: 60_000 },
  );
  expect([acmeId, entries.length]).toEqual([acmeId, 1]);
};

/** Asks for ten at a time. */
const appliedOnce = async (accepted: readonly Accepted[]) => {
  for (const some of chunksOf(accepted, 10)) await Promise.all(some.map(isAppliedOnce));
};

/** Events that the worker, since its last start, found to have been applied before. */
const repeatedEvents = async (): Promise<number> => {
  const text = await (await fetch(`${system.workerOpsUrl}/metrics`)).text();
  return Number(/^contact_sync_events_total\{fate="duplicate"[^}]*\} (\d+)/m.exec(text)?.[1]);
};

const ownBroker = () => {
  if (system.broker === undefined) throw new Error('the broker is not the own one of the system');
  return system.broker;
};

const livenessOf = async (opsUrl: string) => (await fetch(`${opsUrl}/livez`)).status;

const tell = (what: string, times: object) => process.stdout.write(`${what}: ${JSON.stringify(times)}\n`);

describe('killed under load and started again at once', () => {
  it('a worker is back within 12 s, and every event has one effect', async () => {
    await timeOfNewEvent();
    const load = sender.sendSteadily();
    await eventually(() => load.accepted.length > 10);
    await system.processes['event-worker'].kill('SIGKILL');
    const restarted = system.processes['event-worker'].restart();
    const times = await timeOfNewEvent();
    await restarted;
    tell('worker', times);
    const accepted = await load.stop();
    await appliedOnce(accepted);
    expect(times.visibleMs).toBeLessThan(12_000);
    expect(accepted.length).toBeGreaterThan(20);
  });

  it('a worker that is told to stop ends within 10 s and leaves nothing that comes twice', async () => {
    const load = sender.sendSteadily();
    await eventually(() => load.accepted.length > 10);
    const toldAt = performance.now();
    await system.processes['event-worker'].stop(30_000);
    const stoppedMs = performance.now() - toldAt;
    await system.processes['event-worker'].restart();
    await appliedOnce(await load.stop());
    expect(await repeatedEvents()).toBe(0);
    expect(stoppedMs).toBeLessThan(10_000);
  });

  it('a broker takes events within 5 s of answering again, they are visible within 12 s, and each has one effect', async () => {
    const broker = ownBroker();
    const load = sender.sendSteadily();
    await eventually(() => load.accepted.length > 10);
    await broker.kill('SIGKILL');
    await broker.restart();
    const times = await timeOfNewEvent();
    tell('broker', times);
    const accepted = await load.stop();
    await appliedOnce(accepted);
    expect(times.acceptedMs).toBeLessThan(5_000);
    expect(times.visibleMs).toBeLessThan(12_000);
  });
});

describe('frozen while the process lives', () => {
  // The one thing that was found to freeze kafkajs for good: what it sends to a broker that throttles it waits without a
  // time-out. Where a broker does not answer at all, fetches time out and begin anew.
  it('a worker that fetches no more fails /livez within 30 s, and a new process goes on where it was', async () => {
    await timeOfNewEvent();
    expect(await livenessOf(system.workerOpsUrl)).toBe(200);
    await limitFetches(ownBroker().port, 'event-worker', 1);
    const limitedAt = performance.now();
    await eventually(async () => expect(await livenessOf(system.workerOpsUrl)).toBe(503), {
      timeoutMs: 60_000,
    });
    const deadMs = performance.now() - limitedAt;

    await limitFetches(ownBroker().port, 'event-worker', undefined);
    const waiting = await eventually(
      async () => (await sender.send()) ?? Promise.reject(new Error('refused')),
    );
    const toldAt = performance.now();
    await system.processes['event-worker'].stop(30_000);
    const stoppedMs = performance.now() - toldAt;
    expect(await isVisible(waiting.acmeId)).toBe(false);
    await system.processes['event-worker'].restart();
    await appliedOnce([waiting]);
    expect(await livenessOf(system.workerOpsUrl)).toBe(200);
    tell('frozen', { deadMs, stoppedMs });
    expect(deadMs).toBeLessThan(30_000);
    // What it waits for never ends, so it is ended by its own guard, within the grace that compose gives.
    expect(stoppedMs).toBeLessThan(15_000);
  });
});

/** Partitions of new contacts of which that copy tells the lag. */
const partitionsToldBy = async (opsUrl: string): Promise<number[]> => {
  const text = await (await fetch(`${opsUrl}/metrics`)).text();
  const told = text.matchAll(
    /^contact_sync_lag_records\{topic="acme\.contact\.created\.v1",partition="(\d+)"/gm,
  );
  return [...told].map(([, partition]) => Number(partition)).toSorted();
};

const fatesOf = async (accepted: readonly Accepted[]) => {
  const results: EventFate[] = [];
  for (const some of chunksOf(accepted, 100)) {
    const ids = some.map(({ eventId }) => eventId);
    results.push(...(await api.lookUpEventFates({ body: { ids } })).body.results);
  }
  return results.map(({ contents }) => contents.map(({ fate }) => fate));
};

describe('a second worker that joins and leaves ten times under load', () => {
  it('takes its partitions and their lag with it, and every event has one fate and one effect', async () => {
    const all = [0, 1, 2, 3, 4, 5];
    const load = sender.sendSteadily();
    const startedAt = performance.now();
    for (let round = 0; round < 10; round += 1) {
      const copy = await system.startCopy('event-worker');
      await eventually(
        async () => {
          const told = await Promise.all([system.workerOpsUrl, copy.opsUrl].map(partitionsToldBy));
          expect(told.map(({ length }) => length)).toEqual([3, 3]);
          expect(told.flat().toSorted()).toEqual(all);
        },
        { timeoutMs: 60_000 },
      );
      await copy.process.stop(30_000);
      await eventually(async () => expect(await partitionsToldBy(system.workerOpsUrl)).toEqual(all), {
        timeoutMs: 60_000,
      });
    }
    const seconds = Math.round((performance.now() - startedAt) / 1_000);
    const accepted = await load.stop();
    await appliedOnce(accepted);
    expect(new Set((await fatesOf(accepted)).map((fates) => fates.join()))).toEqual(new Set(['applied']));
    tell('ten joins and leaves', { seconds, events: accepted.length });
    expect(accepted.length).toBeGreaterThan(200);
  });
});
