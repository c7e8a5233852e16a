import { connectAccess } from '@contact-sync/access';
import { consumerGroup } from '@contact-sync/kafka';
import type { Connected, ServiceContext } from '@contact-sync/service-kit';
import { createHttpContactApplier } from './adapters/http-contact-applier.ts';
import { createHttpReceiptReader } from './adapters/http-receipt-reader.ts';
import { createHttpSourceHistory } from './adapters/http-source-history.ts';
import type { AppDependencies } from './app.ts';
import type { Config } from './config.ts';
import { connectKafka } from './dependencies/connect-kafka.ts';
import { connectLetters } from './dependencies/connect-letters.ts';
import { connectPeers } from './dependencies/connect-peers.ts';
import { connectStore } from './dependencies/connect-store.ts';
import { connectSweeps } from './dependencies/connect-sweeps.ts';
import { connectWriteBack } from './dependencies/connect-write-back.ts';
import { createUpkeep, forgetOldFates } from './dependencies/keep-fates.ts';
import { checksOf } from './dependencies/readiness.ts';
import { watchGroups } from './dependencies/watch-groups.ts';
import { createFateRecorder } from './fates/record-fates.ts';
import { contactSyncHandler } from './handlers/contact-sync.ts';
import { createLiveConsumer } from './live-consumer.ts';
import type { LetterPorts } from './routes/dead-letters/letter-handlers.ts';

export type Dependencies = Connected & AppDependencies;

const connectParts = (config: Config, context: ServiceContext) => {
  const peers = connectPeers(config, context);
  const shared = connectStore(config, context);
  const kafka = connectKafka(config, context);
  const access = connectAccess(config, context);
  const close = async (): Promise<void> => {
    await kafka.producer.close();
    await peers.close();
    await shared.close();
    await access.close();
  };
  return { peers, shared, kafka, access, close };
};

type Parts = ReturnType<typeof connectParts>;

/** The groups that consume, which begin as soon as Kafka is there. */
const startGroups = (config: Config, context: ServiceContext, parts: Parts, letters: LetterPorts) => {
  const { peers, shared, kafka } = parts;
  const live = createLiveConsumer(config, context, {
    ...kafka,
    handler: contactSyncHandler(createHttpContactApplier(peers.applying)),
    recorder: createFateRecorder(shared.store),
    brakeStore: shared.brake,
  });
  const upkeep = createUpkeep(context, kafka, { store: shared.store, letters });
  const writeBack = connectWriteBack(config, context, {
    ...kafka,
    redis: shared.redis,
    limits: shared.limits,
    contacts: peers.applying,
  });
  const consumers = [live, upkeep, ...(writeBack ? [writeBack.consumer] : [])];
  void kafka.producer.connect();
  for (const consumer of consumers) void consumer.start();
  const stopWatching = watchGroups(context, kafka.client, writeBack !== undefined);
  const stopForgetting = forgetOldFates(shared.store, context);
  return {
    live,
    upkeep,
    writeBack,
    isAlive: () => consumers.every((consumer) => !consumer.frozen()),
    close: async (): Promise<void> => {
      stopForgetting();
      await Promise.all([live.stop(), upkeep.stop(), writeBack?.close(), stopWatching()]);
    },
  };
};

/** The real adapters of event-worker; consuming begins as soon as Kafka is there. */
export const connectDependencies = async (config: Config, context: ServiceContext): Promise<Dependencies> => {
  const parts = connectParts(config, context);
  const { peers, shared, kafka, access } = parts;
  const kept = connectLetters(config, context, { ...kafka, redis: shared.redis });
  const { letters, rewinds, pipeline } = kept;
  const { sweeps, close: closeSweeps } = connectSweeps(config, context, {
    ...kafka,
    redis: shared.redis,
    limits: shared.limits,
    contacts: peers.contacts,
  });
  const { live, upkeep, writeBack, isAlive, close } = startGroups(config, context, parts, letters);
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
    isAlive,
    checks: {
      ...checksOf({ consumer: live, upkeep, kafka, redis: shared.redis, access }),
      ...writeBack?.checks,
    },
    close: async () => {
      await Promise.all([close(), kept.close(), closeSweeps()]);
      await parts.close();
    },
  };
};
