import { setTimeout as pause } from 'node:timers/promises';
import { type Client, createClient } from '@contact-sync/client';
import { contactIdOfAcme, parseJson } from '@contact-sync/domain';
import { acmeContact, acmeEvent, eventually } from '@contact-sync/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postWebhook } from '../src/acme.ts';
import { type System, startSystem } from '../src/system.ts';

let system: System;
let api: Client;

beforeAll(async () => {
  system = await startSystem({}, { ownBroker: true });
  api = createClient({ baseUrl: system.gatewayUrl, credentials: system.admin, parse: parseJson });
});

afterAll(async () => {
  await system?.[Symbol.asyncDispose]();
});

let contacts = 0;

/** One event of a contact of its own; the contact's id in AcmeCRM where it was answered 2xx. */
const send = async (): Promise<string | undefined> => {
  contacts += 1;
  const acmeId = `acme-recovery-${contacts}`;
  const body = JSON.stringify(acmeEvent(acmeContact(contacts, { id: acmeId, acme_version: 1 })));
  const answer = await postWebhook(system.ingestUrl, { secret: system.acmeSecret, body }).catch(
    () => undefined,
  );
  return answer?.status === 202 ? acmeId : undefined;
};

/** Sends at a steady pace, whatever is answered, until it is stopped: then what was answered 2xx. */
const sendSteadily = () => {
  const accepted: string[] = [];
  const stopping = new AbortController();
  const sent: Promise<void>[] = [];
  const note = async () => {
    const acmeId = await send();
    if (acmeId !== undefined) accepted.push(acmeId);
  };
  const running = (async () => {
    while (!stopping.signal.aborted) {
      sent.push(note());
      await pause(50);
    }
  })();
  return {
    accepted,
    stop: async () => {
      stopping.abort();
      await running;
      await Promise.all(sent);
      return accepted;
    },
  };
};

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
  const acmeId = await eventually(async () => (await send()) ?? Promise.reject(new Error('not accepted')), {
    timeoutMs: 60_000,
  });
  const acceptedMs = performance.now() - startedAt;
  await eventually(() => isVisible(acmeId), { timeoutMs: 60_000 });
  return { acceptedMs, visibleMs: performance.now() - startedAt };
};

const appliedOnce = async (accepted: readonly string[]) => {
  for (const acmeId of accepted) {
    const entries = await eventually(
      async () => {
        const found = await historyOf(acmeId);
        expect(found.length).toBeGreaterThan(0);
        return found;
      },
      { timeoutMs: 60_000 },
    );
    expect([acmeId, entries.length]).toEqual([acmeId, 1]);
  }
};

/** Events that the worker, since its last start, found to have been applied before. */
const repeatedEvents = async (): Promise<number> => {
  const text = await (await fetch(`${system.workerOpsUrl}/metrics`)).text();
  return Number(/^contact_sync_events_total\{fate="duplicate"[^}]*\} (\d+)/m.exec(text)?.[1]);
};

const tell = (what: string, times: object) => process.stdout.write(`${what}: ${JSON.stringify(times)}\n`);

describe('killed under load and started again at once', () => {
  it('a worker is back within 12 s, and every event has one effect', async () => {
    await timeOfNewEvent();
    const load = sendSteadily();
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
    const load = sendSteadily();
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
    const { broker } = system;
    if (broker === undefined) throw new Error('the broker is not the own one of the system');
    const load = sendSteadily();
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
