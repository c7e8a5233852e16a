import {
  consumerGroup,
  contactSyncLadder,
  deadLetterTopic,
  integrationEventContracts,
  letterDecisionsTopic,
  sourceEventContracts,
  type TopicSpec,
  webhookQuarantine,
  writeBackGroup,
  writeBackLadder,
} from '@contact-sync/kafka';

/** Part of the document; plain JSON. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [member: string]: Json };

const sourceTopics = sourceEventContracts.map(({ topic }) => topic);
const storeTopics = integrationEventContracts.map(({ topic }) => topic);

/** Groups of event-worker with what each reads and where its records wait. */
const groups = [
  { group: consumerGroup, ladder: contactSyncLadder, topics: sourceTopics },
  { group: writeBackGroup, ladder: writeBackLadder, topics: storeTopics },
];

const groupOfTier = (topic: string) =>
  groups.find(({ ladder }) => ladder.tiers.some((tier) => tier.topic === topic));
const isStray = (topic: string): boolean => groups.some(({ ladder }) => ladder.strayLetters === topic);

/** The names of the messages that a topic carries. */
export const messagesOf = (topic: string): readonly string[] => {
  const waiting = groupOfTier(topic);
  if (waiting !== undefined) return waiting.topics;
  if (isStray(topic)) return ['dead-letter'];
  if (topic === letterDecisionsTopic) return ['letter-decision'];
  if (groups.some(({ topics }) => topics.some((read) => deadLetterTopic(read) === topic)))
    return ['dead-letter'];
  return [topic];
};

const purposeOf = (topic: string): string => {
  if (groupOfTier(topic) !== undefined)
    return 'For records that failed for a while, as they came. Nothing is sent here today.';
  if (topic === letterDecisionsTopic) return 'What was decided about dead letters and refused deliveries.';
  if (topic === webhookQuarantine.topic) return 'Signed deliveries that were refused.';
  if (messagesOf(topic).includes('dead-letter'))
    return 'Records that can never work, as they came, with what is wrong.';
  return topic.startsWith('acme.')
    ? "AcmeCRM's events, by type; a contact's records stand in one partition."
    : "What the integration store tells the world; a contact's versions rise, exact repeats aside.";
};

/** A topic as an AsyncAPI channel: where it is, what it carries, and how the broker keeps it. */
export const channelOf = ({ name, partitions, config }: TopicSpec): Json => ({
  address: name,
  description: purposeOf(name),
  messages: Object.fromEntries(
    messagesOf(name).map((message) => [message, { $ref: `#/components/messages/${message}` }]),
  ),
  bindings: {
    kafka: {
      topic: name,
      partitions,
      topicConfiguration: {
        'cleanup.policy': [config['cleanup.policy'] ?? 'delete'],
        'retention.ms': Number(config['retention.ms']),
        'max.message.bytes': Number(config['max.message.bytes']),
      },
      bindingVersion: '0.5.0',
    },
  },
});

const channelReference = (topic: string): Json => ({ $ref: `#/channels/${topic}` });

const operation = (service: string, action: 'send' | 'receive', topic: string, summary: string): Json => ({
  action,
  channel: channelReference(topic),
  title: `${service}: ${action} ${topic}`,
  summary,
  tags: [{ name: service }],
  messages: messagesOf(topic).map((message) => ({ $ref: `#/channels/${topic}/messages/${message}` })),
});

/** What a group of event-worker reads, and where it sends what it cannot work off. */
const operationsOfGroup = ({ group, ladder, topics }: (typeof groups)[number]) => [
  ...topics.flatMap(
    (topic) =>
      [
        ['event-worker', 'receive', topic, `In the group ${group}; committed when the outcomes are durable.`],
        ['event-worker', 'send', deadLetterTopic(topic), 'Instead of giving a record up in silence.'],
      ] as const,
  ),
  ...ladder.tiers.flatMap(
    ({ topic }) =>
      [
        ['event-worker', 'send', topic, 'For records that failed while others did not.'],
        ['event-worker', 'receive', topic, `In the group ${ladder.groupId}, each record when it is due.`],
      ] as const,
  ),
  ['event-worker', 'send', ladder.strayLetters, 'Of retries that do not say where they came from.'] as const,
];

/** Who sends what and who reads it; most readers of `integration.*` are outside. */
export const operationsOf = (integrationTopics: readonly string[]): Json => {
  const all = [
    ...sourceTopics.map(
      (topic) => ['webhook-ingest', 'send', topic, 'Before the delivery is answered 2xx.'] as const,
    ),
    ...groups.flatMap(operationsOfGroup),
    ['webhook-ingest', 'send', webhookQuarantine.topic, 'For a person to look at and replay.'] as const,
    ...integrationTopics.map(
      (topic) => ['contact-service', 'send', topic, 'From the outbox, by one copy at a time.'] as const,
    ),
  ];
  return Object.fromEntries(
    all.map(([service, action, topic, summary]) => [
      `${service}.${action}.${topic}`,
      operation(service, action, topic, summary),
    ]),
  );
};
