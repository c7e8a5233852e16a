import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '@contact-sync/testing';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, deliver, deliverRaw, signatureOf } from './support/acme.ts';
import { newContact } from './support/events.ts';
import { type Ingest, startIngest } from './support/ingest.ts';
import { type Servers, startServers } from './support/servers.ts';
import { beginDelivery } from './support/wire.ts';

const megabyte = 1_048_576;

let servers: Servers;
beforeAll(async () => {
  servers = await startServers();
});
afterAll(() => servers?.stop());
afterEach(() => servers.heal());

// Between two attempts of one sender; without it the machine would be busy with nothing but refusals.
const betweenAttemptsMs = 400;

/** Keeps as many senders at work until told to stop; gives every answer. */
const flood = (count: number, send: () => Promise<Answer>) => {
  const answers: Answer[] = [];
  let isOver = false;
  const sender = async () => {
    while (!isOver) {
      answers.push(await send());
      await pause(betweenAttemptsMs);
    }
  };
  const senders = Promise.all(Array.from({ length: count }, sender));
  return {
    answers,
    stop: async () => {
      isOver = true;
      await senders;
    },
  };
};

const large = (bytes: number): string => {
  const body = JSON.stringify(newContact({ acme_blob: '' }));
  return body.replace('"acme_blob":""', `"acme_blob":"${'x'.repeat(bytes - body.length)}"`);
};

describe('back-pressure while the broker is frozen', () => {
  const freezeAndFlood = async (ingest: Ingest, body: string) => {
    expect((await deliver(ingest, newContact())).status).toBe(202);
    const memory = () => ingest.metric('process_resident_memory_bytes');
    const atRest = await memory();
    await servers.freeze('kafka');
    const headers = signatureOf(body);
    const startedAt = performance.now();
    const { answers, stop } = flood(150, () => deliverRaw(ingest, body, headers));
    const samples: number[] = [];
    const sampled = () =>
      eventually(async () => samples.push(await memory()) >= 20, { intervalMs: 200, timeoutMs: 30_000 });
    await sampled().finally(stop);
    const produceDeadlineMs = 3_500;
    const rounds = Math.ceil((performance.now() - startedAt) / produceDeadlineMs);
    await servers.heal();
    const shed = answers.filter(({ code }) => code === 'OVERLOADED');
    const held = answers.length - shed.length;
    return { answers, shed, heldAtOnce: held / rounds, growth: Math.max(...samples) - atRest };
  };

  const takesAgain = (ingest: Ingest) =>
    eventually(async () => expect((await deliver(ingest, newContact())).status).toBe(202), {
      timeoutMs: 15_000,
    });

  test('bytes under way are bounded: the rest is 503 with Retry-After at once, and memory stays flat', async () => {
    const bound = 8 * megabyte;
    await using ingest = await startIngest(servers, { settings: { MAX_IN_FLIGHT_BYTES: String(bound) } });
    const size = megabyte / 2;
    const { answers, shed, heldAtOnce, growth } = await freezeAndFlood(ingest, large(size));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]));
    for (const { retryAfter } of answers) expect(retryAfter).toBeGreaterThanOrEqual(1);
    expect(heldAtOnce).toBeLessThanOrEqual(bound / size);
    // Far more was offered than may be held, and a body is several times its size while it is worked on.
    expect(shed.length * size).toBeGreaterThan(20 * bound);
    expect(growth).toBeLessThan(200 * megabyte);
    await takesAgain(ingest);
  });

  test('deliveries under way are bounded in number, and probes go on answering', async () => {
    await using ingest = await startIngest(servers, { settings: { MAX_IN_FLIGHT_REQUESTS: '25' } });
    const { shed, heldAtOnce } = await freezeAndFlood(ingest, JSON.stringify(newContact()));
    expect(shed.length).toBeGreaterThan(100);
    expect(heldAtOnce).toBeLessThanOrEqual(25);
    expect((await fetch(`${ingest.opsUrl}/livez`)).status).toBe(200);
    await takesAgain(ingest);
  });

  test('a sender that hangs up in mid-request gives back what it held', async () => {
    await using ingest = await startIngest(servers, { settings: { MAX_IN_FLIGHT_REQUESTS: '5' } });
    for (let round = 0; round < 4; round += 1) {
      const begun = await Promise.all(Array.from({ length: 5 }, () => beginDelivery(ingest, newContact())));
      const beyond = await deliver(ingest, newContact());
      expect([beyond.status, beyond.code, beyond.retryAfter]).toEqual([503, 'OVERLOADED', 1]);
      for (const { hangUp } of begun) hangUp();
      await eventually(async () => expect((await deliver(ingest, newContact())).status).toBe(202));
    }
  });
});

describe('an event loop that runs late', () => {
  test('load is shed with 503 and Retry-After while probes go on answering, until the loop has caught up', async () => {
    await using ingest = await startIngest(servers, {
      faults: ['late-loop'],
      settings: { MAX_EVENT_LOOP_DELAY_MS: '40' },
    });
    await eventually(async () => expect((await deliver(ingest, newContact())).status).toBe(202));
    ingest.kill('SIGWINCH');
    await eventually(async () => {
      const { status, code, retryAfter } = await deliver(ingest, newContact());
      expect([status, code, retryAfter]).toEqual([503, 'OVERLOADED', 1]);
    });
    expect((await fetch(`${ingest.opsUrl}/livez`)).status).toBe(200);
    expect(await ingest.isReady()).toBe(true);
    ingest.kill('SIGWINCH');
    await eventually(async () => expect((await deliver(ingest, newContact())).status).toBe(202));
  });
});
