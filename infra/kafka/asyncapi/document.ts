import { readFileSync } from 'node:fs';
import { allContracts, integrationEventContracts } from '@contact-sync/kafka';
import { readTopicFile } from '../topic-file.ts';
import { channelOf, operationsOf } from './channels.ts';
import { deadLetterMessage, letterDecisionMessage, messageOf } from './messages.ts';

const description = [
  'What contact-sync puts on Kafka and reads from it. Values are Avro in the wire format of Confluent: a zero byte, four',
  'bytes of schema id, the record; the subject is `<topic>-value`, and schemas change by FULL_TRANSITIVE. A record may come',
  'again: the id in `event-id` is the same then. Read `integration.contact.*` and apply only higher versions of a contact.',
].join(' ');

/** Every topic of infra/kafka/topics.yaml as an AsyncAPI 3 document, its schemas those of packages/kafka. */
export const asyncApiDocument = (): string => {
  const { topics } = readTopicFile(readFileSync(new URL('../topics.yaml', import.meta.url), 'utf8'));
  const document = {
    asyncapi: '3.0.0',
    info: { title: 'contact-sync', version: '1.0.0', description },
    defaultContentType: 'application/vnd.apache.avro',
    channels: Object.fromEntries(topics.map((topic) => [topic.name, channelOf(topic)])),
    operations: operationsOf(integrationEventContracts.map(({ topic }) => topic)),
    components: {
      messages: {
        ...Object.fromEntries(allContracts.map((contract) => [contract.topic, messageOf(contract)])),
        'dead-letter': deadLetterMessage,
        'letter-decision': letterDecisionMessage,
      },
    },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
};
