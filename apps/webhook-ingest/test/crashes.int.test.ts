import { setTimeout as pause } from 'node:timers/promises';
import { chunksOf } from '@contact-sync/domain';
import { seededRandom } from '@contact-sync/testing';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { deliver } from './support/acme.ts';
import { type Admin, startAdmin } from './support/admin.ts';
import { copiesOf, effectsOf } from './support/effects.ts';
import { newContact } from './support/events.ts';
import { type Ingest, type IngestOptions, startIngest } from './support/ingest.ts';
import { isTaken } from './support/load.ts';
import { type Servers, startServers } from './support/servers.ts';
import { readEvents } from './support/topics.ts';
import { openConnection, requestBytes } from './support/wire.ts';

let servers: Servers;
let admin: Admin;
beforeAll(async () => {
  [servers, admin] = await Promise.all([startServers(), startAdmin()]);
});
afterAll(async () => {
  admin?.close();
  await servers?.stop();
});

const settings = () => ({ AUTH_URL: admin.authUrl });
const start = (options: IngestOptions = {}) =>
  startIngest(servers, { ...options, settings: { ...settings(), ...options.settings } });

describe('a service that is killed', () => {
  test('between the ack of the broker and its answer: the retry is taken and all of it is one effect', async () => {
    const event = newContact();
    const killed = await start({ faults: ['die-before-answer'] });
    expect((await deliver(killed, event)).status).toBe(0);
    expect((await killed.ended).signal).toBe('SIGKILL');
    expect(copiesOf(await readEvents(servers)).get(event.id)).toBe(1);

    await using next = await start();
    expect(isTaken(await deliver(next, event))).toBe(true);
    expect(effectsOf(await readEvents(servers)).get(event.data.id)).toMatchObject({
      history: [1],
      sourceVersion: 1,
    });
  });

  test('between signature and produce: no 2xx went out, nothing is stored or remembered, the retry is new', async () => {
    const event = newContact();
    const killed = await start({ faults: ['die-before-produce'] });
    expect((await deliver(killed, event)).status).toBe(0);
    expect((await killed.ended).signal).toBe('SIGKILL');
    expect(copiesOf(await readEvents(servers)).has(event.id)).toBe(false);

    await using next = await start();
    expect((await admin.read(next, event.id)).status).toBe(404);
    const retried = await deliver(next, event);
    expect([retried.status, retried.body]).toEqual([202, { eventId: event.id }]);
    expect(effectsOf(await readEvents(servers)).get(event.data.id)).toEqual({
      fates: ['applied'],
      history: [1],
      sourceVersion: 1,
    });
  });

  test('in the middle of an array: what the retry calls a duplicate is on the topic', async () => {
    const events = Array.from({ length: 100 }, () => newContact());
    const killed = await start({ faults: ['die-before-answer'] });
    expect((await deliver(killed, events)).status).toBe(0);
    await killed.ended;

    await using next = await start();
    expect((await deliver(next, events)).status).toBe(202);
    const effects = effectsOf(await readEvents(servers));
    expect(events.map(({ data }) => effects.get(data.id)?.history)).toEqual(events.map(() => [1]));
  });
});

const unknownTotal = 'webhook_dedupe_unknown_total';

/** What a metric was when it was last told. */
const lastOf = async (ingest: Ingest, name: string): Promise<number> => {
  let last = 0;
  for (;;) {
    const told = await ingest.metric(name).catch(() => undefined);
    if (told === undefined) return last;
    last = told;
    await pause(20);
  }
};

describe('a sender that hangs up', () => {
  test('at any byte and any moment leaves its event stored and remembered, or neither', async () => {
    const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
    const random = seededRandom(seed);
    await using first = await start();
    // Slow enough for many hang-ups between request and ack.
    servers.proxies.kafka.setBehaviour({ kind: 'delay', replyMs: 60 });
    onTestFinished(() => servers.heal());
    const events = Array.from({ length: 200 }, () => newContact());
    const hangUp = async (event: (typeof events)[number]): Promise<void> => {
      const bytes = requestBytes(JSON.stringify(event));
      const isWhole = random() < 0.7;
      const sent = isWhole ? bytes : bytes.subarray(0, Math.floor(random() * bytes.length));
      const socket = await openConnection(first);
      socket.write(sent);
      await pause(random() * 200);
      socket.destroy();
    };
    for (const some of chunksOf(events, 20)) await Promise.all(some.map(hangUp));
    await servers.heal();

    // What nobody waits for may still be under way, until it has stopped.
    first.kill('SIGTERM');
    const [end, untold] = await Promise.all([first.ended, lastOf(first, unknownTotal)]);
    expect(end).toEqual({ code: 0, signal: null });

    await using ingest = await start();
    const copies = copiesOf(await readEvents(servers));
    const states = await Promise.all(
      events.map(async ({ id }) => ({
        id,
        copies: copies.get(id) ?? 0,
        isRemembered: (await admin.read(ingest, id)).status === 200,
      })),
    );
    const torn = states.filter((state) => state.isRemembered !== (state.copies === 1));
    // What Redis is too slow to keep or to know is published all the same, and counted (design rule 1).
    expect(torn, `seed ${seed}`).toEqual(torn.filter(({ copies }) => copies === 1).slice(0, untold));
    const kept = states.filter(({ isRemembered }) => isRemembered).length;
    expect(kept, `seed ${seed}`).toBeGreaterThan(50);
    expect(kept, `seed ${seed}`).toBeLessThan(200);

    const statuses: number[] = [];
    for (const some of chunksOf(events, 20)) {
      const retries = await Promise.all(some.map((event) => deliver(ingest, event)));
      statuses.push(...retries.map(({ status }) => status));
    }
    const otherwise = states.flatMap((state, index) =>
      statuses[index] === (state.isRemembered ? 200 : 202) ? [] : [{ ...state, status: statuses[index] }],
    );
    const unknown = otherwise.filter(({ isRemembered, status }) => isRemembered && status === 202);
    expect(otherwise, `seed ${seed}`).toEqual(unknown);
    expect(await ingest.metric(unknownTotal)).toBeGreaterThanOrEqual(unknown.length);
  });
});
