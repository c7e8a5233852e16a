import {
  type AcmeUpsertEvent,
  createTcpProxy,
  eventually,
  type ProxyBehaviour,
  type TcpProxy,
} from '@contact-sync/testing';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Answer, deliver } from './support/acme.ts';
import { copiesOf } from './support/effects.ts';
import { newContact } from './support/events.ts';
import { type Ingest, startIngest } from './support/ingest.ts';
import { isTaken } from './support/load.ts';
import { type Servers, startServers } from './support/servers.ts';
import { readEvents } from './support/topics.ts';

const perSecond = 30;
const burst = 120;

let servers: Servers;
let proxies: TcpProxy[] = [];
let copies: Ingest[] = [];
beforeAll(async () => {
  servers = await startServers();
  const target = { host: '127.0.0.1', port: Number(new URL(servers.redisUrl).port) };
  proxies = await Promise.all([1, 2, 3].map(() => createTcpProxy({ target })));
  copies = await Promise.all(
    proxies.map((proxy) => {
      const settings = {
        REDIS_RATELIMIT_URL: proxy.url('redis'),
        SOURCE_LIMIT_PER_SECOND: String(perSecond),
        SOURCE_LIMIT_BURST: String(burst),
        SOURCE_LIMIT_COPIES: '3',
      };
      return startIngest(servers, { settings });
    }),
  );
});
afterAll(async () => {
  for (const copy of copies) await copy[Symbol.asyncDispose]();
  for (const proxy of proxies) await proxy.close();
  await servers?.stop();
});

const behave = (behaviour: ProxyBehaviour): void => {
  for (const proxy of proxies) proxy.setBehaviour(behaviour);
};

afterEach(async () => {
  behave({ kind: 'pass' });
  await servers.heal();
});

type Attempt = { readonly event: AcmeUpsertEvent; readonly answer: Answer; readonly endedAt: number };

/** Posts new events, each once, as fast as the copies answer, while `during` runs. */
const flood = async (during: (attempts: readonly Attempt[]) => Promise<unknown>, targets = copies) => {
  const startedAt = performance.now();
  const attempts: Attempt[] = [];
  let isOver = false;
  const send = async (copy: Ingest) => {
    while (!isOver) {
      const event = newContact();
      attempts.push({ event, answer: await deliver(copy, event), endedAt: performance.now() });
    }
  };
  const sending = targets.flatMap((copy) => Array.from({ length: 8 }, () => send(copy)));
  await during(attempts).finally(() => {
    isOver = true;
  });
  await Promise.all(sending);
  return { attempts, taken: attempts.filter(({ answer }) => isTaken(answer)), startedAt };
};

/** The limit at every moment of the flood, not only at its end. */
const assertWithinLimit = ({ taken, startedAt }: Awaited<ReturnType<typeof flood>>) => {
  const inOrder = taken.toSorted((one, other) => one.endedAt - other.endedAt);
  for (const [index, { endedAt }] of inOrder.entries()) {
    const limit = burst + (perSecond * (endedAt - startedAt)) / 1_000;
    expect(index + 1).toBeLessThanOrEqual(limit * 1.01);
  }
};

/** Resolves when that many more have been refused and taken by the copies together. */
const counted = async (name: string, more: number) => {
  const sum = async () => {
    const counts = await Promise.all(copies.map((copy) => copy.metric(name)));
    return counts.reduce((total, count) => total + count);
  };
  const from = await sum();
  await eventually(async () => (await sum()) >= from + more, { timeoutMs: 60_000, intervalMs: 100 });
};
const accepted = (more: number) => counted('webhook_items_total', more);

test('the limit holds over all copies, with room for a burst; what is beyond is 429 with Retry-After and leaves no trace', async () => {
  const result = await flood(async (attempts) => {
    await accepted(burst + 3 * perSecond);
    await eventually(() => attempts.some(({ answer }) => !isTaken(answer)), { timeoutMs: 60_000 });
  });
  assertWithinLimit(result);
  const refused = result.attempts.filter(({ answer }) => !isTaken(answer));
  expect(refused.length).toBeGreaterThan(0);
  for (const { answer } of refused)
    expect(answer).toMatchObject({ status: 429, code: 'RATE_LIMITED', retryAfter: 1 });
  const onTopic = copiesOf(await readEvents(servers));
  expect(refused.filter(({ event }) => onTopic.has(event.id))).toEqual([]);
  expect(result.taken.filter(({ event }) => !onTopic.has(event.id))).toEqual([]);
  await eventually(async () =>
    expect((await deliver(copies[0] as Ingest, refused[0]?.event)).status).toBe(202),
  );
});

const late = { kind: 'delay', replyMs: 700, jitterMs: 800 } as const;

test.each<[string, () => Promise<void> | void]>([
  ['answers one copy late', () => proxies[0]?.setBehaviour(late)],
  ['answers every copy late', () => behave(late)],
  ['loses every answer', () => behave({ kind: 'cut-before-reply' })],
  ['is frozen', () => servers.freeze('redis')],
  ['is killed', () => servers.crash('redis')],
])(
  'the limit is neither exceeded nor closed when Redis %s in mid-flood, nor when it is well again',
  async (_, hurt) => {
    const result = await flood(async () => {
      await accepted(burst / 2);
      await hurt();
      await accepted(3 * perSecond);
      for (const proxy of proxies) proxy.setBehaviour({ kind: 'pass' });
      await servers.heal();
      await accepted(6 * perSecond);
    });
    assertWithinLimit(result);
    expect(new Set(result.attempts.map(({ answer }) => answer.status))).toEqual(new Set([202, 429]));
  },
);

test('a copy keeps to its share while Redis is away: neither open nor closed', async () => {
  await servers.crash('redis');
  const [copy] = copies as [Ingest];
  const { attempts, taken, startedAt } = await flood(() => accepted(2 * perSecond), [copy]);
  const seconds = (Math.max(...taken.map(({ endedAt }) => endedAt)) - startedAt) / 1_000;
  // Beyond the share, what it held from before.
  expect(taken.length).toBeLessThanOrEqual((perSecond / 3) * seconds + 2);
  expect(new Set(attempts.map(({ answer }) => answer.status))).toEqual(new Set([202, 429]));
});
