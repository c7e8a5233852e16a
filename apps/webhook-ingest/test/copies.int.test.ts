import { contactIdOfAcme } from '@contact-sync/domain';
import type { AcmeUpsertEvent } from '@contact-sync/testing';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, deliver } from './support/acme.ts';
import { type Admin, startAdmin } from './support/admin.ts';
import { connectRedis, endWindows, readKeyspace } from './support/dedupe-window.ts';
import { copiesOf, effectsOf } from './support/effects.ts';
import { newContact, nextVersion } from './support/events.ts';
import { type Ingest, startIngest } from './support/ingest.ts';
import { isTaken } from './support/load.ts';
import { type Servers, startServers } from './support/servers.ts';
import { readEvents } from './support/topics.ts';

let servers: Servers;
let admin: Admin;
let copies: Ingest[] = [];
beforeAll(async () => {
  [servers, admin] = await Promise.all([startServers(), startAdmin()]);
  const settings = {
    AUTH_URL: admin.authUrl,
    DEDUPE_WINDOW_SECONDS: '60',
  };
  copies = await Promise.all([1, 2, 3].map(() => startIngest(servers, { settings })));
});
afterAll(async () => {
  for (const copy of copies) await copy[Symbol.asyncDispose]();
  admin?.close();
  await servers?.stop();
});
afterEach(() => servers.heal());

const copyFor = (index: number): Ingest => copies[index % copies.length] as Ingest;
const effectOf = async ({ data }: AcmeUpsertEvent) => effectsOf(await readEvents(servers)).get(data.id);
const statusesOf = (answers: readonly Answer[]) => new Set(answers.map(({ status }) => status));

describe('three copies', () => {
  test('answer 50 posts of one event at once with 2xx each, and all of it is one effect', async () => {
    const event = newContact();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => deliver(copyFor(index), event)),
    );
    expect(answers.filter((answer) => !isTaken(answer))).toEqual([]);
    expect(await effectOf(event)).toMatchObject({ history: [1], sourceVersion: 1 });
  });

  test('know the repeat of an event that another copy took', async () => {
    const event = newContact();
    const statuses = [];
    for (const copy of copies) statuses.push((await deliver(copy, event)).status);
    expect(statuses).toEqual([202, 200, 200]);
    expect(copiesOf(await readEvents(servers)).get(event.id)).toBe(1);
  });

  test('publish and count the same event id with other content; the version rule decides', async () => {
    const first = newContact();
    const second = { ...nextVersion(first), id: first.id };
    const clash = {
      ...second,
      data: { ...second.data, acme_last_name: `${second.data.acme_last_name} Clash` },
    };
    const answers = [];
    for (const [index, event] of [first, second, clash].entries())
      answers.push(await deliver(copyFor(index), event));
    expect(statusesOf(answers)).toEqual(new Set([202]));
    const repeats = await Promise.all([first, second, clash].map((event) => deliver(copyFor(0), event)));
    expect(statusesOf(repeats)).toEqual(new Set([200]));

    expect(copiesOf(await readEvents(servers)).get(first.id)).toBe(3);
    const effect = await effectOf(first);
    expect(effect?.sourceVersion).toBe(2);
    expect(effect?.fates.filter((fate) => fate === 'VERSION_CONFLICT')).toHaveLength(1);
    expect((await admin.read(copyFor(0), first.id)).body['contents']).toHaveLength(3);
    const counts = await Promise.all(copies.map((copy) => copy.metric('webhook_event_ids_reused_total')));
    expect(counts.reduce((sum, count) => sum + count)).toBe(2);
  });

  test('take an event again once its window has ended, which changes nothing', async () => {
    const event = newContact();
    expect((await deliver(copyFor(0), event)).status).toBe(202);
    const redis = await connectRedis(servers);
    const [key = ''] = [...(await readKeyspace(redis)).keys()].filter((name) => name.endsWith(event.id));
    const seconds = await redis.use((client) => client.ttl(key));
    expect(seconds).toBeGreaterThan(50);
    expect(seconds).toBeLessThanOrEqual(60);

    await endWindows(redis);
    await redis.close();
    expect((await deliver(copyFor(1), event)).status).toBe(202);
    expect(copiesOf(await readEvents(servers)).get(event.id)).toBe(2);
    expect(await effectOf(event)).toMatchObject({ history: [1], sourceVersion: 1 });
  });
});

describe('GET /internal/events/{id}', () => {
  test('tells where an event is, from any copy, and keeps strangers out', async () => {
    const event = newContact();
    await deliver(copyFor(0), event);
    const { status, body } = await admin.read(copyFor(2), event.id);
    expect([status, body]).toEqual([
      200,
      {
        eventId: event.id,
        contents: [
          {
            contentHash: expect.stringMatching(/^[0-9a-f]{64}$/),
            receivedAt: expect.any(String),
            topic: 'acme.contact.created.v1',
            partition: expect.any(Number),
            offset: expect.stringMatching(/^\d+$/),
            secretId: 'acme-1',
            contactId: contactIdOfAcme(event.data.id),
            sourceVersion: 1,
          },
        ],
      },
    ]);
    expect((await admin.read(copyFor(1), 'evt_never')).status).toBe(404);
    expect((await fetch(`${copyFor(0).url}/internal/events/${event.id}`)).status).toBe(401);
  });

  test('says 503 while Redis is away, never that there is no such event', async () => {
    await servers.crash('redis');
    const { status } = await admin.read(copyFor(0), 'evt_any');
    expect(status).toBe(503);
  });
});
