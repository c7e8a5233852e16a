import { readFileSync } from 'node:fs';
import {
  allContracts,
  createKafkaClient,
  deployAcls,
  deploySchemas,
  deployTopics,
  type GrantReport,
  type KafkaClient,
  type SchemaReport,
  type TopicReport,
} from '@contact-sync/kafka';
import { readAclFile } from './acl-file.ts';
import { readSettings, type Settings } from './settings.ts';
import { table } from './table.ts';
import { tombstoneFaults } from './tombstones.ts';
import { readTopicFile } from './topic-file.ts';
import { durationText } from './units.ts';
import { whileTheyStart } from './while-they-start.ts';

const quiet = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

const topicRows = (reports: readonly TopicReport[]) => [
  ['topic', 'partitions', 'retention', 'change'],
  ...reports.map(({ name, partitions, config, changes }) => [
    name,
    String(partitions),
    durationText(Number(config['retention.ms'])),
    changes.join('; ') || '-',
  ]),
];

const schemaRows = (reports: readonly SchemaReport[]) => [
  ['subject', 'id', 'version'],
  ...reports.map(({ subject, id, version }) => [subject, String(id), String(version)]),
];

const grantText = ({ present, added, beyond }: GrantReport): string =>
  [
    `${added.length} grants added, ${present} were there`,
    ...beyond.map((entry) => `not in acls.yaml, left: ${entry}`),
  ].join('\n');

const grant = async (client: KafkaClient): Promise<string> => {
  const grants = readAclFile(readFileSync(new URL('./acls.yaml', import.meta.url), 'utf8'));
  return grantText(await deployAcls(client, grants));
};

/** Makes what is missing; harmless to repeat. Gives what is there now, for people to read. */
const deploy = async (settings: Settings): Promise<string> => {
  const file = readTopicFile(readFileSync(new URL('./topics.yaml', import.meta.url), 'utf8'));
  const undeclared = allContracts.find(({ topic }) => !file.topics.some(({ name }) => name === topic));
  if (undeclared !== undefined) throw new Error(`topics.yaml does not declare ${undeclared.topic}`);
  // Looked at twice: before anything is changed, and with what the topics have in the end.
  const declared = tombstoneFaults(file, file.topics);
  if (declared.length > 0) throw new Error(declared.join('\n'));

  const client = createKafkaClient({ ...settings.cluster, clientId: 'contact-sync-deploy', logger: quiet });
  const topics = await deployTopics(client, file.topics, settings);
  const schemas = await deploySchemas(settings.registry, allContracts);
  const effective = tombstoneFaults(file, topics);
  if (effective.length > 0) throw new Error(effective.join('\n'));
  const granted = settings.grants ? [await grant(client)] : [];
  return [table(topicRows(topics)), table(schemaRows(schemas)), ...granted].join('\n\n');
};

/** All that an error of ours, of kafkajs or of Node says, in one line. */
const textOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const { internal, errors } = error as { internal?: unknown; errors?: unknown };
  const details = [
    ...(typeof internal === 'string' ? [internal] : []),
    ...(Array.isArray(errors) ? errors.map(textOf) : []),
  ];
  const source = error.name.startsWith('KafkaJS') ? 'Kafka: ' : '';
  return `${source}${error.message}${details.length === 0 ? '' : ` (${details.join('; ')})`}`;
};

try {
  const settings = readSettings(process.env);
  const onWaiting = (error: unknown) => console.error(`Waiting for the servers: ${textOf(error)}`);
  console.log(await whileTheyStart(() => deploy(settings), { withinMs: settings.waitMs, onWaiting }));
} catch (error) {
  console.error(`Topics and schemas are not deployed: ${textOf(error)}`);
  process.exitCode = 1;
}
