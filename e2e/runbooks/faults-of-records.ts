import { eventually } from '@contact-sync/testing';
import { holdPartitions } from '../src/hold-partitions.ts';
import { deliver, type Fault, poisonFingerprint, sendPoison } from './world.ts';

/** Older than the longest tier waits. */
const OVERDUE_MS = 1_200_000;
/** Until a record on a tier is due. */
const DUE_IN_MS = 30_000;

const patience = { timeoutMs: 60_000 };

const heldPartitions: Fault = {
  name: 'a member of the group works nothing off',
  runbooks: ['partition-stopped'],
  plant: async (world) => {
    const holder = await holdPartitions(world.kafka, world.system.registryUrl);
    await deliver(world, 60, 'held');
    return { heal: () => holder.stop() };
  },
};

const overdueRetry: Fault = {
  name: 'a record of twenty minutes ago is on a tier and not due',
  runbooks: ['retries-overdue'],
  plant: async ({ kafka }) => {
    const producer = kafka.kafka.producer();
    await producer.connect();
    const now = Date.now();
    const message = {
      key: 'overdue',
      value: 'no Avro',
      timestamp: String(now - OVERDUE_MS),
      headers: {
        'x-original-topic': 'acme.contact.updated.v1',
        'x-original-partition': '0',
        'x-original-offset': '0',
        'x-original-timestamp': String(now - OVERDUE_MS),
        'x-attempts': '5',
        'x-due-at': String(now + DUE_IN_MS),
      },
    };
    await producer.send({ topic: 'contact-sync.retry.10m', messages: [message] });
    await producer.disconnect();
    return { heal: async () => undefined };
  },
};

const floodOfPoison: Fault = {
  name: 'a flood of records that nobody can read',
  runbooks: ['consumer-braked'],
  plant: async (world) => {
    await sendPoison(world, 120);
    const FINGERPRINT = await eventually(() => poisonFingerprint(world), patience);
    const { items } = (await world.api.listDeadLetters({ query: { limit: 1 } })).body;
    const LETTER = items[0]?.id ?? '';
    return { environment: { 'consumer-braked': { FINGERPRINT, LETTER } }, heal: async () => undefined };
  },
};

const someLetters: Fault = {
  name: 'some records that nobody can read',
  runbooks: ['dead-letter-rate'],
  plant: async (world) => {
    await deliver(world, 20, 'sound');
    await sendPoison(world, 3);
    const FINGERPRINT = await eventually(() => poisonFingerprint(world), patience);
    return { environment: { 'dead-letter-rate': { FINGERPRINT } }, heal: async () => undefined };
  },
};

/** Records that stand still or cannot be read; their letters are open until those of the last are discarded. */
export const faultsOfRecords: readonly Fault[] = [heldPartitions, overdueRetry, floodOfPoison, someLetters];
