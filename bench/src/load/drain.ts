import { setTimeout as pause } from 'node:timers/promises';
import {
  acmeContactUpdated,
  createCodec,
  createKafkaClient,
  createRegistry,
  type ValueOf,
} from '@contact-sync/kafka';
import kafkajs from 'kafkajs';
import { quietLogger as logger } from '../harness/quiet-logger.ts';
import type { Work } from '../harness/turn.ts';
import { eventJson } from './contact-events.ts';

export type DrainOptions = {
  readonly brokers: string;
  readonly registryUrl: string;
  /** Contacts that the events are of, in turns; they exist already. */
  readonly contacts: number;
  /** Higher than any version that they have. */
  readonly firstVersion: number;
  /** Where the worker tells how many events it has applied. */
  readonly workerOpsUrl: string;
};

type Record = { readonly key: string; readonly value: Buffer };

const recordsPerSend = 2_000;
const deadlineMs = 120_000;

const appliedSoFar = async (workerOpsUrl: string): Promise<number> => {
  const text = await (await fetch(`${workerOpsUrl}/metrics`)).text();
  return Number(/^contact_sync_events_total\{fate="applied"[^}]*\} (\d+)/m.exec(text)?.[1] ?? 0);
};

const untilApplied = async (workerOpsUrl: string, count: number): Promise<void> => {
  const overdueAt = performance.now() + deadlineMs;
  for (let seen = 0; seen < count; seen = await appliedSoFar(workerOpsUrl)) {
    if (performance.now() > overdueAt) throw new Error(`only ${seen} of ${count} events were applied`);
    await pause(20);
  }
};

const openTopic = async ({ brokers, registryUrl }: DrainOptions) => {
  const codec = createCodec({ registry: createRegistry({ url: registryUrl }) });
  await codec.prepare([acmeContactUpdated]);
  const { kafka } = createKafkaClient({ brokers: brokers.split(','), clientId: 'bench-drain', logger });
  const producer = kafka.producer({
    allowAutoTopicCreation: false,
    createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
  });
  await producer.connect();
  return { codec, producer };
};

/**
 * Resolves with what makes events and has the worker drain them: each is the next version of its contact. `encode` makes
 * them as Avro, ahead; `drain` sends them at once and resolves when the worker has applied all of them.
 */
export const openDrain = async (options: DrainOptions) => {
  const { contacts, firstVersion, workerOpsUrl } = options;
  const { codec, producer } = await openTopic(options);
  let made = 0;
  let sent = 0;
  let waiting: Record[] = [];

  const nextRecord = (): Record => {
    const version = firstVersion + Math.floor(made / contacts);
    const event = JSON.parse(eventJson(made % contacts, version)) as ValueOf<typeof acmeContactUpdated>;
    made += 1;
    return { key: event.contactId, value: codec.encode(acmeContactUpdated, event) };
  };

  return {
    encode(count: number): void {
      waiting = Array.from({ length: count }, nextRecord);
    },
    async drain(): Promise<Work> {
      const [records, startedAt] = [waiting, performance.now()];
      waiting = [];
      for (let from = 0; from < records.length; from += recordsPerSend) {
        const messages = records.slice(from, from + recordsPerSend);
        await producer.send({ topic: acmeContactUpdated.topic, acks: -1, messages });
      }
      sent += records.length;
      await untilApplied(workerOpsUrl, sent);
      return { operations: records.length, seconds: (performance.now() - startedAt) / 1_000 };
    },
  };
};
