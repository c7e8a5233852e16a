import { randomUUID } from 'node:crypto';
import { cp, rm } from 'node:fs/promises';
import { contactIdOfAcme } from '@contact-sync/domain';
import { openRedis, type RedisConnection } from '@contact-sync/redis';
import {
  type RedisServer,
  redisServerExecutable,
  startRedisServer,
  testEnvironment,
  uniquePrefix,
} from '@contact-sync/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createContactKeys } from '../src/adapters/redis-contact-store/contact-keys.ts';
import { createFeedFiller } from '../src/adapters/redis-contact-store/feed/feed-filler.ts';
import { updated } from './event-builder.ts';
import { putContacts, storedContact } from './stored-contacts.ts';
import { type Copy, createCopy } from './support/copy.ts';
import { person } from './support/service.ts';

type Change = { readonly sequence: number; readonly id: string; readonly version: number };
type Page = { readonly items: readonly Change[]; readonly nextCursor: string; readonly hasMore: boolean };

const pageAfter = async ({ request }: Copy, cursor?: string, limit = 100): Promise<Page> => {
  const answer = await request('GET', `/changes?limit=${limit}${cursor ? `&after=${cursor}` : ''}`);
  if (answer.statusCode !== 200) throw new Error(`${answer.statusCode}: ${answer.body}`);
  return answer.json();
};

/** Follows the feed from a cursor until nothing more is there. */
const follow = async (copy: Copy, from?: string, limit?: number) => {
  const seen: Change[] = [];
  let cursor = from;
  for (;;) {
    const page: Page = await pageAfter(copy, cursor, limit);
    seen.push(...page.items);
    cursor = page.nextCursor;
    if (!page.hasMore) return { seen, cursor };
  }
};

describe('the change feed of two copies', () => {
  let redis: RedisConnection;
  let prefix: string;
  beforeAll(async () => {
    redis = await openRedis(testEnvironment().REDIS_URL);
  });
  afterAll(() => redis?.close());
  beforeEach(() => {
    prefix = uniquePrefix();
  });

  test('a reader under eight writers, clocks two seconds apart, misses nothing and sees nothing twice', async () => {
    const copies = [
      await createCopy(redis, { prefix }),
      await createCopy(redis, { prefix, clockOffMs: -2_000 }),
    ] as const;
    const acmeIds = Array.from({ length: 6 }, () => uniquePrefix());
    let isOver = false;
    const write = async (writer: number): Promise<void> => {
      const copy = copies[writer % 2 === 0 ? 0 : 1];
      const made = await copy.request('POST', '', { payload: person });
      const id: string = made.json().id;
      for (let step = 1; step <= 12; step += 1) {
        await copy.request('PATCH', `/${id}`, {
          payload: { title: `T${step}` },
          headers: { 'if-match': '*' },
        });
        // Writers meet at these.
        await copy.apply(
          updated({ id: acmeIds[step % 6] ?? '', acme_version: step, acme_title: `${writer}` }),
        );
      }
      await copy.request('DELETE', `/${id}`, { headers: { 'if-match': '*' } });
    };
    const writers = Promise.all(Array.from({ length: 8 }, (_, writer) => write(writer)));
    const reading = (async () => {
      const seen: Change[] = [];
      let cursor: string | undefined;
      let reads = 0;
      while (!isOver) {
        const read = await follow(copies[reads % 2 === 0 ? 0 : 1], cursor, 7);
        seen.push(...read.seen);
        cursor = read.cursor;
        reads += 1;
      }
      return [...seen, ...(await follow(copies[0], cursor)).seen];
    })();
    await writers;
    isOver = true;
    const seen = await reading;

    const sequences = seen.map(({ sequence }) => sequence);
    expect(new Set(sequences).size).toBe(sequences.length);
    expect(sequences).toEqual(sequences.toSorted((one, other) => one - other));
    const newest = new Map(seen.map(({ id, version }) => [id, version]));
    const anew = await follow(copies[1]);
    expect(anew.seen).toHaveLength(14);
    for (const { id, version } of anew.seen) {
      expect(newest.get(id)).toBe(version);
      expect((await copies[0].store.contact(id))?.version).toBe(version);
    }
    expect(newest.size).toBe(14);
  });

  test('contacts of before there was a feed are given a place in it, once, behind whoever follows it', async () => {
    const copy = await createCopy(redis, { prefix });
    const ids = Array.from({ length: 450 }, () => randomUUID());
    await putContacts(
      copy.store,
      ids.map((id) => storedContact({ id })),
    );
    await copy.apply(updated({ id: 'new', acme_version: 1 }));
    const { seen, cursor } = await follow(copy);
    expect(seen.map(({ id }) => id)).toEqual([contactIdOfAcme('new')]);
    const filler = createFeedFiller(redis, createContactKeys(prefix));
    expect(await filler.build()).toBe(450);
    const { seen: more } = await follow(copy, cursor);
    expect(new Set(more.map(({ id }) => id))).toEqual(new Set(ids));
    expect(await filler.build()).toBe(0);
  });
});

describe.skipIf(redisServerExecutable() === undefined)('a cursor of the feed', () => {
  let server: RedisServer;
  let redis: RedisConnection;
  let copy: Copy;
  beforeEach(async () => {
    server = await startRedisServer({ settings: { appendfsync: 'always' } });
    redis = await openRedis(server.url);
    copy = await createCopy(redis);
  });
  afterEach(async () => {
    await redis?.close();
    await server?.stop();
  });

  const apply = (id: string, version: number) => copy.apply(updated({ id, acme_version: version }));
  const codeOf = async (cursor: string) => {
    const answer = await copy.request('GET', `/changes?after=${cursor}`);
    return [answer.statusCode, answer.json().code];
  };
  const restart = async (between: () => Promise<unknown> = async () => undefined) => {
    await server.kill('SIGKILL');
    await between();
    await server.start();
    await redis.waitUntilReady(10_000);
  };

  test('goes on after a crash of the server that lost nothing', async () => {
    await apply('1', 1);
    const { cursor } = await follow(copy);
    await restart();
    await apply('2', 1);
    const { seen, cursor: next } = await follow(copy, cursor);
    expect(seen.map(({ id }) => id)).toEqual([contactIdOfAcme('2')]);
    await restart();
    expect((await follow(copy, next)).seen).toEqual([]);
    expect((await follow(copy, cursor)).seen).toHaveLength(1);
  });

  test('is 410 once the store has lost what it stands behind, however much is written since', async () => {
    await apply('1', 1);
    const { cursor: kept } = await follow(copy);
    const backup = `${server.folder}-backup`;
    await cp(server.folder, backup, { recursive: true });
    await apply('2', 1);
    const { cursor: lost } = await follow(copy);
    await restart(async () => {
      await rm(server.folder, { recursive: true });
      await cp(backup, server.folder, { recursive: true });
      await rm(backup, { recursive: true });
    });
    expect(await codeOf(lost)).toEqual([410, 'CURSOR_EXPIRED']);
    for (const id of ['3', '4', '5']) await apply(id, 1);
    expect(await codeOf(lost)).toEqual([410, 'CURSOR_EXPIRED']);
    const { seen } = await follow(copy, kept);
    expect(seen.map(({ id }) => id)).toEqual(['3', '4', '5'].map(contactIdOfAcme));
    expect((await follow(copy)).seen).toHaveLength(4);
  });

  test('is 410 where the server has lost everything, and 400 where no feed can have given it', async () => {
    await apply('1', 1);
    const { cursor } = await follow(copy);
    await redis.use((client) => client.flushall());
    expect(await codeOf(cursor)).toEqual([410, 'CURSOR_EXPIRED']);
    await apply('2', 1);
    expect(await codeOf(cursor)).toEqual([410, 'CURSOR_EXPIRED']);
    expect(await codeOf('MQ')).toEqual([400, 'INVALID_CURSOR']);
  });

  test('an edit that comes first after a restart is in the next generation', async () => {
    const made = await copy.request('POST', '', { payload: person });
    const { cursor } = await follow(copy);
    await restart();
    await copy.request('PATCH', `/${made.json().id}`, {
      payload: { title: 'T' },
      headers: { 'if-match': '*' },
    });
    const { seen, cursor: next } = await follow(copy, cursor);
    expect(seen).toMatchObject([{ version: 2, type: 'updated' }]);
    const [before, after] = [cursor, next].map((text) =>
      Buffer.from(text, 'base64url').toString().split(':'),
    );
    expect(after?.[0]).not.toBe(before?.[0]);
  });
});
