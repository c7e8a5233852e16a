import { connectAccess, createServiceTokens } from '@contact-sync/access';
import {
  type BatchConsumer,
  consumerGroup,
  contactSyncLadder,
  createBatchConsumer,
  createCodec,
  createKafkaClient,
  createLogReader,
  createProducer,
  createRegistry,
  integrationContactDeleted,
  type Producer,
  sourceEventContracts,
  webhookQuarantine,
} from '@contact-sync/kafka';
import { checkServer, createRedisSet, type RedisConnection } from '@contact-sync/redis';
import {
  type Connected,
  createHttpClient,
  kafkaAccess,
  producerMetrics,
  redisMetrics,
  type ServiceContext,
} from '@contact-sync/service-kit';
import { createHttpContactApplier } from './adapters/http-contact-applier.ts';
import { createHttpReceiptReader } from './adapters/http-receipt-reader.ts';
import { createHttpSourceHistory } from './adapters/http-source-history.ts';
import type { Peer } from './adapters/internal-caller.ts';
import { createRedisBrake } from './adapters/redis-brake/redis-brake.ts';
import { createRedisFateStore } from './adapters/redis-fates/redis-fate-store.ts';
import { type WatchedGroup, watchBacklog } from './adapters/watch-backlog.ts';
import type { AppDependencies } from './app.ts';
import type { Config } from './config.ts';
import type { FateStore } from './fates/fate-store.ts';
import { createFateRecorder } from './fates/record-fates.ts';
import { contactSyncHandler } from './handlers/contact-sync.ts';
import { fatesUpkeep } from './handlers/fates-upkeep.ts';
import { connectLetters } from './letter-dependencies.ts';
import { eraseLetters } from './letters/erase-letters.ts';
import { assertNotBraked, createLiveConsumer } from './live-consumer.ts';
import type { LetterPorts } from './routes/dead-letters/letter-handlers.ts';
import { connectSweeps } from './sweep-dependencies.ts';
import { connectWriteBack } from './write-back-dependencies.ts';

export type Dependencies = Connected & AppDependencies;

const assertHealthy = async (
  part: Pick<BatchConsumer | Producer, 'healthy'>,
  reason: string,
): Promise<void> => {
  if (!part.healthy()) throw new Error(reason);
};

const connectPeer = (
  config: Config,
  peer: { readonly name: string; readonly url: string; readonly timeoutMs: number },
  { metrics }: ServiceContext,
): Peer & { readonly close: () => Promise<void> } => {
  const { name, url, timeoutMs } = peer;
  const http = createHttpClient({ peer: name, baseUrl: url, timeoutMs, metrics });
  const tokens = createServiceTokens({
    authUrl: config.AUTH_URL,
    clientId: config.SERVICE_CLIENT_ID,
    clientSecret: config.SERVICE_CLIENT_SECRET,
    audience: name,
  });
  const close = async () => {
    await tokens.close();
    await http.close();
  };
  return { name, http, tokens, close };
};

// Who asks for a fate waits for the slowest of them.
const readTimeoutMs = 3_000;

const connectPeers = (config: Config, context: ServiceContext) => {
  const contacts = { name: 'contact-service', url: config.CONTACT_URL };
  const ingest = { name: 'webhook-ingest', url: config.INGEST_URL };
  const peers = {
    applying: connectPeer(config, { ...contacts, timeoutMs: config.APPLY_TIMEOUT_MS }, context),
    contacts: connectPeer(config, { ...contacts, timeoutMs: readTimeoutMs }, context),
    ingest: connectPeer(config, { ...ingest, timeoutMs: readTimeoutMs }, context),
  };
  const close = () => Promise.all(Object.values(peers).map((peer) => peer.close()));
  return { ...peers, close };
};

// A record waits for its fate to be kept, and is tried again by itself.
const redisTimeoutMs = 1_000;

/** What the copies know together. */
const connectShared = (config: Config, { logger, metrics }: ServiceContext) => {
  const told = redisMetrics(metrics);
  const connections = createRedisSet({
    clientName: 'event-worker',
    logger,
    commandTimeoutMs: redisTimeoutMs,
    onCall: told.onCall,
  });
  const redis = told.watch(connections.at(config.REDIS_URL));
  const store = createRedisFateStore({
    redis,
    keptSeconds: config.FATES_KEPT_SECONDS,
    keptEvents: config.FATES_KEPT_EVENTS,
    now: Date.now,
  });
  const brake = createRedisBrake({ redis, groupId: consumerGroup, now: Date.now });
  const limits = connections.at(config.REDIS_RATELIMIT_URL ?? config.REDIS_URL);
  return { redis, limits, store, brake, close: connections.close };
};

const connectKafka = (config: Config, { logger, metrics }: ServiceContext) => {
  const { cluster, registry } = kafkaAccess(config);
  const client = createKafkaClient({ ...cluster, clientId: 'event-worker', logger });
  const codec = createCodec({ registry: createRegistry(registry) });
  // Only retries and dead letters are written, and those are bytes as they came: no schema of ours is needed for them.
  const told = producerMetrics(metrics, 'retries');
  const producer = told.watch(
    createProducer({ client, codec, contracts: [], logger, onBatch: told.onBatch }),
  );
  return { client, codec, producer };
};

/** @throws {Error} with the reasons why Redis may lose what became of events. */
const assertKeepsFates = async (redis: RedisConnection): Promise<void> => {
  const reasons = await checkServer(redis, { noEviction: true, appendOnly: true });
  if (reasons.length > 0) throw new Error(reasons.join(' '));
};

const forgetEveryMs = 60_000;

/** Each batch forgets what is too old; this does where none comes. */
const forgetOldFates = (store: Pick<FateStore, 'forgetOld'>, { logger }: ServiceContext) => {
  const forget = () => {
    store
      .forgetOld()
      .catch((err: unknown) => logger.warn({ err }, 'old fates cannot be forgotten; trying on'));
  };
  const timer = setInterval(forget, forgetEveryMs).unref();
  return () => clearInterval(timer);
};

/** What fates hear of beside the events; what nobody can read there goes to the letters of no topic. */
const createUpkeep = (
  { logger, onFatal }: ServiceContext,
  { client, codec, producer }: ReturnType<typeof connectKafka>,
  { store, letters }: { readonly store: FateStore; readonly letters: LetterPorts },
): BatchConsumer =>
  createBatchConsumer({
    client,
    codec,
    producer: {
      sendRaw: (record) => producer.sendRaw({ ...record, topic: contactSyncLadder.strayLetters }),
    },
    groupId: `${consumerGroup}.fates`,
    handler: fatesUpkeep({
      store,
      forgetContact: (contactId) =>
        Promise.all([store.forgetContact(contactId), eraseLetters(letters, contactId)]),
    }),
    logger,
    onFatal,
    concurrency: 1,
  });

const backlogEveryMs = 5_000;

/** What the groups of this service are told to be behind with. */
const watchedGroups: readonly WatchedGroup[] = [
  { groupId: consumerGroup, topics: sourceEventContracts.map(({ topic }) => topic) },
  { groupId: contactSyncLadder.groupId, topics: contactSyncLadder.tiers.map(({ topic }) => topic) },
];

type Checked = {
  readonly consumer: BatchConsumer;
  readonly upkeep: BatchConsumer;
  readonly kafka: ReturnType<typeof connectKafka>;
  readonly redis: RedisConnection;
  readonly access: ReturnType<typeof connectAccess>;
};

const checksOf = ({ consumer, upkeep, kafka, redis, access }: Checked): Dependencies['checks'] => ({
  consumer: {
    gate: 'startup',
    check: () => assertHealthy(consumer, 'not a member of its consumer group'),
  },
  upkeep: {
    gate: 'startup',
    check: () => assertHealthy(upkeep, 'not a member of the group that keeps fates'),
  },
  producer: {
    gate: 'startup',
    check: () => assertHealthy(kafka.producer, 'no connection to Kafka for retries and dead letters'),
  },
  registry: {
    gate: 'startup',
    check: () => kafka.codec.prepare([...sourceEventContracts, webhookQuarantine, integrationContactDeleted]),
  },
  brake: { gate: 'startup', check: () => assertNotBraked(consumer) },
  redis: { gate: 'startup', check: () => assertKeepsFates(redis) },
  auth: { gate: 'startup', check: access.ready },
});

/** The real adapters of event-worker; consuming begins as soon as Kafka is there. */
export const connectDependencies = async (config: Config, context: ServiceContext): Promise<Dependencies> => {
  const peers = connectPeers(config, context);
  const shared = connectShared(config, context);
  const kafka = connectKafka(config, context);
  const { client, codec, producer } = kafka;
  const consumer = createLiveConsumer(config, context, {
    client,
    codec,
    producer,
    handler: contactSyncHandler(createHttpContactApplier(peers.applying)),
    recorder: createFateRecorder(shared.store),
    brakeStore: shared.brake,
  });
  const access = connectAccess(config, context);
  const {
    letters,
    rewinds,
    pipeline,
    close: closeLetters,
  } = connectLetters(config, context, {
    client,
    codec,
    producer,
    redis: shared.redis,
  });
  const { sweeps, close: closeSweeps } = connectSweeps(config, context, {
    ...kafka,
    redis: shared.redis,
    limits: shared.limits,
    contacts: peers.contacts,
  });
  const writeBack = connectWriteBack(config, context, {
    ...kafka,
    redis: shared.redis,
    limits: shared.limits,
    contacts: peers.applying,
  });
  void producer.connect();
  void consumer.start();
  void writeBack?.consumer.start();
  const upkeep = createUpkeep(context, kafka, { store: shared.store, letters });
  void upkeep.start();
  const stopWatching = watchBacklog({
    ...context,
    reader: createLogReader(client),
    groups: watchedGroups,
    everyMs: backlogEveryMs,
  });
  const stopForgetting = forgetOldFates(shared.store, context);
  return {
    keys: access.keys,
    revocations: access.revocations,
    fates: {
      store: shared.store,
      receipts: createHttpReceiptReader(peers.ingest),
      history: createHttpSourceHistory(peers.contacts),
    },
    letters,
    rewinds,
    sweeps,
    groups: [{ group: consumerGroup, brakes: [shared.brake] }, ...(writeBack?.groups ?? [])],
    pipeline: { ...pipeline, writesBack: writeBack !== undefined },
    isAlive: () => !consumer.frozen() && !upkeep.frozen() && writeBack?.consumer.frozen() !== true,
    checks: {
      ...checksOf({ consumer, upkeep, kafka, redis: shared.redis, access }),
      ...writeBack?.checks,
    },
    close: async () => {
      await Promise.all([
        consumer.stop(),
        upkeep.stop(),
        writeBack?.close(),
        closeLetters(),
        closeSweeps(),
        stopWatching(),
      ]);
      await producer.close();
      stopForgetting();
      await peers.close();
      await shared.close();
      await access.close();
    },
  };
};
