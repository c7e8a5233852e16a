import { createTestIssuer } from '@contact-sync/access/testing';
import {
  createKeys,
  createLocalBuckets,
  createRedisBuckets,
  openRedis,
  withFallback,
} from '@contact-sync/redis';
import { createLogger, createMetrics } from '@contact-sync/service-kit';
import { eventually, type RedisServer, startRedisServer } from '@contact-sync/testing';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createSourceLimit } from '../src/adapters/source-limit.ts';
import { createApp } from '../src/app.ts';
import { createFakePorts, signed, testSettings } from './fake-ports.ts';

const perSecond = 60;
const burst = 120;
const copyCount = 3;
const logger = createLogger({ service: 'test', level: 'silent' });

const alone = 'limits are kept by this copy alone for now';
const shared = 'limits are shared by all copies again';

let server: RedisServer;
let copies: Awaited<ReturnType<typeof startCopy>>[] = [];

/** The service on in-memory ports, but for the limit, which is the real one. */
const startCopy = async () => {
  const redis = await openRedis(server.url, { commandTimeoutMs: 300 });
  const bucketsOfAll = createRedisBuckets(redis, createKeys('ratelimit:ingest'));
  const lines: string[] = [];
  const hear = (_: object, line: string) => void lines.push(line);
  const buckets = withFallback(bucketsOfAll, createLocalBuckets(), {
    copies: copyCount,
    logger: { info: hear, warn: hear },
  });
  const ports = {
    ...createFakePorts(),
    limit: createSourceLimit({ buckets, source: 'acmecrm', perSecond, burst }),
  };
  const app = await createApp({ ports, ...createTestIssuer().access() }, testSettings, {
    logger,
    metrics: createMetrics('test'),
  });
  return { app, ports, lines, close: async () => void (await Promise.all([app.close(), redis.close()])) };
};

beforeAll(async () => {
  server = await startRedisServer();
});
beforeEach(async () => {
  copies = await Promise.all(Array.from({ length: copyCount }, startCopy));
});
afterEach(async () => {
  for (const copy of copies) await copy.close();
});
afterAll(() => server?.stop());

/** Posts new events over all copies as fast as they answer, until `enough` are taken and some are not; the statuses with their times. */
const flood = async (enough: number) => {
  const startedAt = performance.now();
  const answers: { readonly status: number; readonly seconds: number }[] = [];
  const takenOf = () => answers.filter(({ status }) => status === 202);
  const isOver = () => takenOf().length >= enough && takenOf().length < answers.length;
  const send = async ({ app }: (typeof copies)[number], sender: string) => {
    for (let index = 0; !isOver(); index += 1) {
      const data = { id: 'crm-1', acme_version: 1 };
      const timestamp = '2026-01-01T00:00:00Z';
      const body = JSON.stringify({ id: `${sender} ${index}`, event: 'contact.deleted', timestamp, data });
      const answer = await app.inject({
        method: 'POST',
        url: '/webhooks/acmecrm',
        payload: body,
        headers: signed(body),
      });
      answers.push({ status: answer.statusCode, seconds: (performance.now() - startedAt) / 1_000 });
    }
  };
  await Promise.all(
    copies.flatMap((copy, number) => [1, 2, 3].map((sender) => send(copy, `${number} ${sender}`))),
  );
  return { answers, taken: takenOf() };
};

test('the limit holds over all copies, with room for a burst; what is beyond is 429 and leaves no trace', async () => {
  const { answers, taken } = await flood(burst + perSecond);
  for (const [index, { seconds }] of taken.entries()) {
    expect(index + 1).toBeLessThanOrEqual((burst + perSecond * seconds) * 1.01);
  }
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202, 429]));
  expect(copies.flatMap(({ ports }) => ports.published)).toHaveLength(taken.length);
});

test.each(['SIGSTOP', 'SIGKILL'] as const)(
  'each copy keeps to its share after %s of Redis, neither open nor closed, and to the one limit after',
  async (signal) => {
    await server.kill(signal);
    const { answers, taken } = await flood(burst + perSecond);
    const [last = { seconds: 0 }] = taken.slice(-1);
    // Each copy rounds its share up to whole tokens.
    expect(taken.length).toBeLessThanOrEqual(burst + perSecond * last.seconds + copyCount);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202, 429]));

    await (signal === 'SIGSTOP' ? server.kill('SIGCONT') : server.start());
    const isShared = async () => {
      await Promise.all(copies.map(({ ports }) => ports.limit.take()));
      return copies.every(({ lines }) => lines.at(-1) === shared);
    };
    await eventually(isShared, { timeoutMs: 20_000, intervalMs: 100 });
    // A line for each turn and no other; a busy machine may make Redis late, and so a turn, once more.
    for (const { lines } of copies) {
      expect(lines).toEqual(lines.map((_, index) => (index % 2 === 0 ? alone : shared)));
    }
  },
);
