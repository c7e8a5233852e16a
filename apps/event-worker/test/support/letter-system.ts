import { createTestIssuer } from '@contact-sync/access/testing';
import { letterRoutes } from '@contact-sync/api-contracts';
import type { ApplyResult, PlannedWrite, SourceEvent } from '@contact-sync/domain';
import {
  contactSyncLadder,
  createLogReader,
  deploySchemas,
  deployTopics,
  integrationEventContracts,
  type LogReader,
  letterDecisionsTopic,
  type QuarantinedDelivery,
  type RawRecord,
  sourceEventContracts,
  type TopicSpec,
  webhookQuarantine,
  writeBackLadder,
} from '@contact-sync/kafka';
import { createMetrics, serveRoutes } from '@contact-sync/service-kit';
import { checkedAnswers } from '@contact-sync/service-kit/testing';
import { eventually, testEnvironment, uniquePrefix } from '@contact-sync/testing';
import { onTestFinished } from 'vitest';
import { createRedisJobStore } from '../../src/adapters/jobs/redis-job-store.ts';
import { createRedisAuditLog } from '../../src/adapters/letters/redis-audit-log.ts';
import { createRedisLetterIndex } from '../../src/adapters/letters/redis-letter-index.ts';
import { createSecuredServer } from '../../src/app.ts';
import { createBackgroundLoop } from '../../src/background-loop.ts';
import { createJobStep } from '../../src/jobs/work-on-jobs.ts';
import { createIndexStep } from '../../src/letters/keep-index.ts';
import { letterTopics } from '../../src/letters/letter-topics.ts';
import type { ReplayedItem } from '../../src/replay/ports.ts';
import type { ReplayProgress, ReplayRequest } from '../../src/replay/replay-job.ts';
import { createReplayPiece } from '../../src/replay/replay-piece.ts';
import { letterHandlers } from '../../src/routes/dead-letters/letter-handlers.ts';
import { connectClient, connectCodec, connectProducer, connectRedis, silent } from './servers.ts';

const config = { 'max.message.bytes': '2097152' };
const alone = { take: async () => true, release: async () => undefined };

/** What the peers are asked and answer, for tests to set. */
const createPeers = () => ({
  dryRun: (event: SourceEvent): ApplyResult => ({ eventId: event.eventId, fate: 'applied', version: 2 }),
  plan: (id: string): PlannedWrite => ({ kind: 'nothing', id, version: 2, why: 'agreed' }),
  deliveries: [] as { readonly delivery: QuarantinedDelivery; readonly dryRun: boolean }[],
  replay: (_: QuarantinedDelivery): ReplayedItem[] => [{ eventId: 'evt', status: 'accepted' }],
  contact: null as unknown,
});

/** The ports of letters on the real topics, with keys of their own in Redis and peers that a test plays. */
const connectPorts = async () => {
  const client = connectClient();
  const names = [...letterTopics, contactSyncLadder.tiers[0].topic, writeBackLadder.tiers[0].topic];
  await deployTopics(
    client,
    names.map((name): TopicSpec => ({ name, partitions: 3, config })),
  );
  await deploySchemas({ url: testEnvironment().SCHEMA_REGISTRY_URL }, [
    ...sourceEventContracts,
    ...integrationEventContracts,
    webhookQuarantine,
  ]);
  const [producer, redis, prefix] = [await connectProducer(client), await connectRedis(), uniquePrefix()];
  const [tail, reader] = [createLogReader(client), createLogReader(client)];
  onTestFinished(async () => {
    await Promise.all([tail.close(), reader.close()]);
  });
  const peers = createPeers();
  const letters = {
    index: createRedisLetterIndex({ redis, maxLetters: 100_000, prefix }),
    reader,
    codec: connectCodec(),
    producer,
    replays: createRedisJobStore<ReplayRequest, ReplayProgress>({ redis, name: 'replays', prefix }),
    audit: createRedisAuditLog({ redis, prefix }),
    viewer: { read: async () => peers.contact },
    writes: { plan: async (ids: readonly string[]) => ids.map(peers.plan) },
    contacts: { apply: async (events: readonly SourceEvent[]) => events.map(peers.dryRun) },
    ingest: {
      replay: async (delivery: QuarantinedDelivery, { dryRun }: { readonly dryRun: boolean }) => {
        peers.deliveries.push({ delivery, dryRun });
        return peers.replay(delivery);
      },
    },
    now: Date.now,
  };
  return { letters, peers, tail };
};

type Letters = Awaited<ReturnType<typeof connectPorts>>['letters'];

/** Keeps the index until the test is over. */
const keepIndex = ({ index, codec }: Letters, tail: LogReader): void => {
  const step = createIndexStep(
    { index, reader: tail, codec, lease: alone },
    {
      topics: letterTopics,
      decisions: letterDecisionsTopic,
      waitMs: 200,
      boundsEveryMs: 60_000,
      now: () => performance.now(),
    },
  );
  const loop = createBackgroundLoop({
    step,
    restMs: 20,
    onFailed: (error) => {
      throw error;
    },
  });
  loop.start();
  onTestFinished(loop.stop);
};

const createReplayStep = (letters: Letters) => {
  const paced: { readonly count: number; readonly perSecond: number }[] = [];
  const piece = createReplayPiece({
    ...letters,
    live: { perSecond: async () => 0 },
    pace: async (count, perSecond) => void paced.push({ count, perSecond }),
  });
  const step = createJobStep({ store: letters.replays, lease: alone, now: Date.now }, { piece });
  return { paced, replayStep: () => step(new AbortController().signal) };
};

/** The letters of event-worker behind its API, with an admin who calls it. */
export const startLetters = async () => {
  const { letters, peers, tail } = await connectPorts();
  keepIndex(letters, tail);
  const { paced, replayStep } = createReplayStep(letters);
  const issuer = createTestIssuer();
  const app = await createSecuredServer(
    issuer.access(),
    { TOKEN_ISSUER: 'contact-sync' },
    { logger: silent, metrics: createMetrics('test'), plugins: [checkedAnswers] },
  );
  await serveRoutes(app, letterRoutes, letterHandlers(letters));
  const admin = issuer.userToken('admin', { sub: '0196f5a0-0000-7000-8000-000000000001' });
  const call = (method: 'GET' | 'POST' | 'DELETE', path: string, payload?: object, key?: string) =>
    app.inject({
      method,
      url: `/api/v1/dead-letters${path}`,
      headers: { authorization: `Bearer ${admin}`, ...(key !== undefined && { 'idempotency-key': key }) },
      ...(payload !== undefined && { payload }),
    });
  return {
    app,
    issuer,
    letters,
    peers,
    paced,
    call,
    replayStep,
    send: (...records: readonly RawRecord[]) =>
      Promise.all(records.map((record) => letters.producer.sendRaw(record))),
    quarantine: (value: QuarantinedDelivery) => letters.producer.send(webhookQuarantine, { value }),
    /** Waits until these letters are in the index. */
    indexed: (...ids: readonly string[]) =>
      eventually(async () => {
        const found = await letters.index.find(ids);
        if (found.length !== ids.length) throw new Error(`${found.length} of ${ids.length} letters`);
      }),
    /** Works on replays until none is left. */
    work: async () => {
      while (await replayStep());
    },
  };
};
