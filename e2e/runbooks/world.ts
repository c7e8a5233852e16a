import type { Client } from '@contact-sync/client';
import { createKafkaClient, type KafkaClient } from '@contact-sync/kafka';
import { acmeContact, acmeEvent } from '@contact-sync/testing';
import { postWebhook } from '../src/acme.ts';
import type { System } from '../src/system.ts';

/** A running system, and who may hurt it. */
export type World = { readonly system: System; readonly api: Client; readonly kafka: KafkaClient };

type Environment = Readonly<Record<string, string>>;

/** A fault that is there. */
export type Planted = {
  /** What the commands of each runbook need beside the addresses. */
  readonly environment?: Readonly<Record<string, Environment>>;
  /** Mends it. */
  readonly heal: () => Promise<void>;
};

export type Fault = {
  readonly name: string;
  /** The runbooks that are meant for it. */
  readonly runbooks: readonly string[];
  readonly plant: (world: World) => Promise<Planted>;
  /** What the runbooks do is done once it is mended. */
  readonly mendsFirst?: true;
};

export const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

export const kafkaOf = ({ kafkaBrokers }: System): KafkaClient =>
  createKafkaClient({ brokers: [kafkaBrokers], clientId: 'faults', logger: silent });

/** An event each of so many contacts, so that every partition has some; gives what ingest answered. */
export const deliver = async ({ system }: World, count: number, name: string): Promise<number> => {
  const events = Array.from({ length: count }, (_, index) =>
    acmeEvent(acmeContact(index + 1, { id: `acme-${name}-${index}`, acme_version: 1 })),
  );
  const body = JSON.stringify(events);
  return (await postWebhook(system.ingestUrl, { secret: system.acmeSecret, body })).status;
};

/** Records that nobody can read. */
export const sendPoison = async ({ kafka }: World, count: number): Promise<void> => {
  const producer = kafka.kafka.producer();
  await producer.connect();
  const messages = Array.from({ length: count }, (_, index) => ({
    key: `poison-${index}`,
    value: 'no Avro',
  }));
  await producer.send({ topic: 'acme.contact.updated.v1', messages });
  await producer.disconnect();
};

/** The fingerprint of what nobody can read. */
export const poisonFingerprint = async ({ api }: World): Promise<string> => {
  const { groups } = (await api.listDeadLetterGroups({ query: {} })).body;
  const fingerprint = groups.find(({ code }) => code === 'UNDECODABLE')?.fingerprint;
  if (fingerprint === undefined) throw new Error('no letter is there yet');
  return fingerprint;
};
