import { chunksOf } from '@contact-sync/domain';
import {
  acmeContactUpdated,
  createCodec,
  createKafkaClient,
  createRegistry,
  type ValueOf,
} from '@contact-sync/kafka';
import kafkajs, { type Message } from 'kafkajs';
import { quietLogger as logger } from '../harness/quiet-logger.ts';
import { eventJson } from './contact-events.ts';

export type SourceRecordsOptions = { readonly brokers: string; readonly registryUrl: string };

const recordsPerSend = 2_000;

/** Makes AcmeCRM's updates as webhook-ingest writes them, and sends records by a plain kafkajs producer. */
export const openSourceRecords = async ({ brokers, registryUrl }: SourceRecordsOptions) => {
  const codec = createCodec({ registry: createRegistry({ url: registryUrl }) });
  await codec.prepare([acmeContactUpdated]);
  const { kafka } = createKafkaClient({ brokers: brokers.split(','), clientId: 'bench-load', logger });
  const producer = kafka.producer({
    allowAutoTopicCreation: false,
    createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
  });
  await producer.connect();
  return {
    /** The update of a contact to this version, 2 or more. */
    update(number: number, version: number): { readonly key: string; readonly value: Buffer } {
      const event = JSON.parse(eventJson(number, version)) as ValueOf<typeof acmeContactUpdated>;
      return { key: event.contactId, value: codec.encode(acmeContactUpdated, event) };
    },
    async send(topic: string, records: readonly Message[]): Promise<void> {
      for (const messages of chunksOf(records, recordsPerSend)) {
        await producer.send({ topic, acks: -1, messages });
      }
    },
  };
};
