import { contactIdOfAcme } from '@contact-sync/domain';
import { openRedis, type RedisConnection } from '@contact-sync/redis';
import { type RedisServer, redisServerExecutable, startRedisServer } from '@contact-sync/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createContactKeys, listShard } from '../src/adapters/redis-contact-store/contact-keys.ts';
import { createFeedFiller } from '../src/adapters/redis-contact-store/feed/feed-filler.ts';
import { createIndexBuilder } from '../src/adapters/redis-contact-store/lists/index-builder.ts';
import { sweepRound } from '../src/use-cases/sweep-tombstones.ts';
import { deleted, updated } from './event-builder.ts';
import { bothWays } from './support/both-ways.ts';
import { type Copy, createCopy } from './support/copy.ts';
import { everythingIn } from './support/everything-in.ts';

const traces = /zaphod|beeblebrox|555[- ]?0142|heart of gold/i;

const personal = {
  acme_first_name: 'Zaphod',
  acme_last_name: 'Beeblebrox',
  acme_email: 'Zaphod@example.com',
  acme_phone: '+1 415 555 0142',
  acme_notes: 'stole the Heart of Gold',
};
const typed = {
  firstName: 'Zaphod',
  lastName: 'Beeblebrox',
  email: 'zaphod@example.com',
  phone: '+14155550142',
  notes: 'stole the Heart of Gold',
};

describe.skipIf(redisServerExecutable() === undefined)('an erasure', () => {
  let server: RedisServer;
  let redis: RedisConnection;
  let copy: Copy;
  beforeAll(async () => {
    server = await startRedisServer({ settings: { appendfsync: 'no' } });
    redis = await openRedis(server.url);
  });
  afterAll(async () => {
    await redis?.close();
    await server?.stop();
  });
  beforeEach(async () => {
    copy = await createCopy(redis);
  });
  afterEach(() => redis.use((client) => client.flushall()));

  const id = contactIdOfAcme('7');
  const erase = (of = id) => copy.request('POST', `/${of}/erase`);
  const lift = (of = id) => copy.request('POST', `/${of}/erase/lift`);
  const fatesOf = async (...events: readonly object[]) =>
    (await copy.apply(...events)).json().results.map(({ fate }: { fate: string }) => fate);
  const outbox = async () => {
    const entries = await redis.use((client) => client.xrange('integration:{0}:outbox', '-', '+'));
    return entries.map(([, fields]) => JSON.parse(fields[1] ?? ''));
  };
  const findsNothing = async () => expect(await everythingIn(redis)).not.toMatch(traces);

  const events = [
    updated({ id: '7', acme_version: 1, ...personal, acme_tags: ['Zaphod'] }),
    updated({ id: '7', acme_version: 2, ...personal, acme_title: 'President' }),
  ];

  test('leaves no trace of a person in all of Redis, also after old events and rebuilt indexes', async () => {
    await copy.apply(...events);
    // An edit that keeps a base of its own, one that changes nothing, both with stored answers.
    for (const key of ['edit', 'no-op']) {
      const headers = { 'if-match': '*', 'idempotency-key': key };
      await copy.request('PATCH', `/${id}`, { payload: { notes: `${typed.notes}!` }, headers });
    }
    expect(await everythingIn(redis)).toMatch(traces);

    const answer = await erase();
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({
      id,
      erasedAt: expect.any(String),
      erasedBy: expect.stringMatching(/^user:/),
    });
    await findsNothing();

    expect(await fatesOf(...events, deleted({ id: '7', acme_version: 3 }))).toEqual(
      Array(3).fill('superseded'),
    );
    const keys = createContactKeys();
    for (const key of keys.outdated(listShard)) await redis.use((client) => client.zadd(key, '0', 'old'));
    await createIndexBuilder(redis, keys).build();
    await createFeedFiller(redis, keys).build();
    await findsNothing();
    for (const path of ['', '/history', '/acme']) {
      expect((await copy.request('GET', `/${id}${path}`)).statusCode, path).toBe(404);
    }
    expect((await copy.request('GET', '?includeDeleted=true')).json().items).toEqual([]);
    expect((await copy.request('POST', `/${id}/restore`)).statusCode).toBe(404);
  });

  test('tells others by a deleted event without personal data, in the place of all that waits', async () => {
    await copy.apply(...events, updated({ id: '8', acme_version: 1 }));
    await erase();
    const waiting = await outbox();
    expect(waiting.map(({ contact, outgoing }) => [contact.id, contact.version, outgoing.type])).toEqual([
      [contactIdOfAcme('8'), 1, 'created'],
      [id, 3, 'deleted'],
    ]);
    expect(waiting[1].outgoing.erased).toBe(true);
    const { items } = (await copy.request('GET', '/changes')).json();
    expect(items.at(-1)).toEqual({
      sequence: expect.any(Number),
      type: 'deleted',
      id,
      version: 3,
      erased: true,
    });
  });

  test('removes what waits however much it is, as after a long absence of Kafka', async () => {
    await copy.apply(...events);
    const [waiting] = await outbox();
    const entry = ['xadd', 'integration:{0}:outbox', '*', 'change', JSON.stringify(waiting)] as const;
    await redis.together(Array.from({ length: 9_000 }, () => entry));
    expect((await erase()).statusCode).toBe(200);
    expect(await outbox()).toMatchObject([{ contact: { version: 3 }, outgoing: { erased: true } }]);
  });

  test('done twice is answered as the first time and changes nothing', async () => {
    await copy.apply(...events);
    const first = await erase();
    const state = await everythingIn(redis);
    const second = await erase(id.toUpperCase());
    expect([second.statusCode, second.json()]).toEqual([200, first.json()]);
    expect(await everythingIn(redis)).toBe(state);
  });

  test('of a contact that was never seen blocks what comes of it, and is told', async () => {
    expect((await erase()).statusCode).toBe(200);
    expect(await fatesOf(...events)).toEqual(['superseded', 'superseded']);
    expect(await outbox()).toMatchObject([{ contact: { id, version: 1 }, outgoing: { erased: true } }]);
    await findsNothing();
  });

  test('of a contact made with an Idempotency-Key refuses the repeat that would make it again', async () => {
    const post = () => copy.request('POST', '', { payload: typed, headers: { 'idempotency-key': 'k' } });
    const made = await post();
    await erase(made.json().id);
    await findsNothing();
    const again = await post();
    expect([again.statusCode, again.json().code]).toEqual([409, 'CONTACT_ERASED']);
    await findsNothing();
  });

  test('holds for another record of AcmeCRM that carries the same external id', async () => {
    const carrying = (of: string) => ({
      ...updated({ id: of, acme_version: 1, ...personal }),
      extra: { acme_external_id: 'zaphod-1' },
    });
    await copy.apply(carrying('7'));
    await erase();
    expect(await fatesOf(carrying('9'), updated({ id: '10', acme_version: 1 }))).toEqual([
      'superseded',
      'applied',
    ]);
    await findsNothing();
    await lift();
    expect(await fatesOf(carrying('9'))).toEqual(['applied']);
  });

  test('leaves no trace of what was sent to AcmeCRM, of a linked record and of conflicts', async () => {
    const ways = bothWays(copy);
    const made = (await copy.request('POST', '', { payload: typed })).json().id;
    await ways.answered(await ways.plan(made), {
      id: 'a1',
      acme_version: 1,
      ...personal,
      acme_notes: 'Zaphod!',
    });
    await ways.edit(made, { notes: typed.notes, title: 'Zaphod' });
    expect(await ways.plan(made)).toMatchObject({ kind: 'patch' });
    expect(await ways.conflicts()).not.toEqual([]);
    await erase(made);
    await findsNothing();
    expect(await fatesOf(updated({ id: 'a1', acme_version: 2, ...personal }))).toEqual(['superseded']);
    await findsNothing();
  });

  test('is lifted by an admin: the next event is taken as a first one, and the version counts on', async () => {
    await copy.apply(...events);
    await erase();
    expect([(await lift()).statusCode, (await lift()).statusCode]).toEqual([204, 204]);
    expect(await fatesOf(updated({ id: '7', acme_version: 9 }))).toEqual(['applied']);
    const found = await copy.request('GET', `/${id}`);
    expect(found.json()).toMatchObject({ version: 4 });
    expect(found.json().deletedAt).toBeUndefined();
    expect((await copy.request('GET', `/${id}/history`)).json().items).toHaveLength(1);
    expect((await lift(contactIdOfAcme('never'))).statusCode).toBe(404);
  });

  test.each([
    ['deleted', 0],
    ['swept', 1],
  ])('of a contact that is %s leaves no trace, and is told at the next version', async (_, swept) => {
    await copy.apply(...events, deleted({ id: '7', acme_version: 3 }));
    const now = () => new Date(Date.now() + 1_000).toISOString();
    if (swept > 0) expect(await sweepRound({ store: copy.store, now }, 0)).toMatchObject({ swept });
    expect((await erase()).statusCode).toBe(200);
    await findsNothing();
    expect(await redis.use((client) => client.zcard('integration:{0}:deleted'))).toBe(0);
    expect((await outbox()).at(-1)).toMatchObject({ contact: { version: 4 }, outgoing: { erased: true } });
  });

  test('under writers leaves no trace, whoever comes first', async () => {
    for (let round = 0; round < 5; round += 1) {
      const of = `w${round}`;
      const contact = contactIdOfAcme(of);
      await copy.apply(updated({ id: of, acme_version: 1, ...personal }));
      const edits = Array.from({ length: 10 }, (_, index) =>
        copy.request('PATCH', `/${contact}`, {
          payload: { title: `Zaphod ${index % 3}` },
          headers: { 'if-match': '*', 'idempotency-key': `${round}-${index}` },
        }),
      );
      const told = [2, 3, 4].map((acme_version) =>
        copy.apply(updated({ id: of, acme_version, ...personal })),
      );
      expect((await erase(contact)).statusCode).toBe(200);
      await Promise.all([...edits, ...told]);
    }
    await findsNothing();
  });
});
