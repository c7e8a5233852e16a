import { createTestIssuer } from '@contact-sync/access/testing';
import { pipelineRoutes } from '@contact-sync/api-contracts';
import { AppError } from '@contact-sync/domain';
import { createLogger, createMetrics, serveRoutes } from '@contact-sync/service-kit';
import { checkedAnswers } from '@contact-sync/service-kit/testing';
import { describe, expect, it } from 'vitest';
import { createSecuredServer } from '../src/app.ts';
import type { PipelinePorts } from '../src/pipeline/read-pipeline.ts';
import { pipelineHandlers } from '../src/routes/pipeline.ts';

const ends: Readonly<Record<string, number>> = {
  'acme.contact.created.v1': 100,
  'acme.contact.updated.v1': 50,
  'contact-sync.retry.1s': 7,
  'acme.contact.updated.v1.contact-sync.dlt': 3,
  'acme.webhook.quarantine.v1': 2,
  'integration.contact.created.v1': 90,
};

const lags: Readonly<Record<string, number>> = { 'acme.contact.created.v1': 12, 'contact-sync.retry.1s': 1 };

/** The route on brokers that are two partitions a topic, the second one empty. */
const setUp = async ({ writesBack = false } = {}) => {
  const issuer = createTestIssuer();
  const world = { now: 1_750_000_000_000, away: false, asked: 0 };
  const reader: PipelinePorts['reader'] = {
    bounds: async (topics) =>
      topics.flatMap((topic) => [
        { topic, partition: 0, first: '0', end: String(ends[topic] ?? 0) },
        { topic, partition: 1, first: '0', end: '0' },
      ]),
    backlog: async (_, topics) => {
      world.asked += 1;
      if (world.away) throw new AppError('DEPENDENCY_UNAVAILABLE', { message: 'Not now.', retryable: true });
      return topics.map((topic) => {
        const lag = lags[topic] ?? 0;
        return { topic, partition: 0, lag, ...(lag > 0 && { oldestAt: world.now - lag * 1_000 }) };
      });
    },
  };
  const index = { summary: async () => ({ letters: 5, open: 4, dropped: 0 }) };
  const app = await createSecuredServer(
    issuer.access(),
    { TOKEN_ISSUER: 'contact-sync' },
    {
      logger: createLogger({ service: 'test', level: 'silent' }),
      metrics: createMetrics('test'),
      plugins: [checkedAnswers],
    },
  );
  await serveRoutes(
    app,
    pipelineRoutes,
    pipelineHandlers({ reader, index, now: () => world.now, writesBack }),
  );
  const headers = { authorization: `Bearer ${issuer.userToken('viewer')}` };
  return { world, get: () => app.inject({ url: '/api/v1/pipeline', headers }) };
};

describe('GET /api/v1/pipeline', () => {
  it('counts what came to each stage, what waits there and since when', async () => {
    const { get } = await setUp();
    const answer = await get();
    expect([answer.statusCode, answer.headers['cache-control']]).toEqual([200, 'no-store']);
    expect(answer.json()).toEqual({
      at: '2025-06-15T15:06:40.000Z',
      accepted: { entered: 150, settled: 138, waiting: 12, oldestAt: '2025-06-15T15:06:28.000Z' },
      retries: { entered: 7, settled: 6, waiting: 1, oldestAt: '2025-06-15T15:06:39.000Z' },
      letters: { entered: 3, open: 4 },
      refused: { entered: 2 },
      told: { entered: 90 },
    });
  });

  it('tells what is written back where there is a group that does it', async () => {
    const { get } = await setUp({ writesBack: true });
    expect((await get()).json().writtenBack).toEqual({ entered: 90, settled: 90, waiting: 0 });
  });

  it('asks the brokers once a second, however many ask it', async () => {
    const { get, world } = await setUp();
    await Promise.all([get(), get(), get()]);
    expect(world.asked).toBe(2);
    world.now += 1_000;
    await get();
    expect(world.asked).toBe(4);
  });

  it('is 503 while they are away, and keeps no failure', async () => {
    const { get, world } = await setUp();
    world.away = true;
    expect((await get()).statusCode).toBe(503);
    world.away = false;
    expect((await get()).statusCode).toBe(200);
  });
});
