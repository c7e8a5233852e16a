import {
  contactSyncLadder,
  deadLetterTopic,
  letterDecisionsTopic,
  sourceEventContracts,
  type TopicSpec,
  webhookQuarantine,
} from '@contact-sync/kafka';

/** Part of the document; plain JSON. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [member: string]: Json };

const { tiers, strayLetters } = contactSyncLadder;
const isTier = (topic: string): boolean => tiers.some((tier) => tier.topic === topic);

const sourceTopics = sourceEventContracts.map(({ topic }) => topic);

/** The names of the messages that a topic carries. */
export const messagesOf = (topic: string): readonly string[] => {
  if (isTier(topic)) return sourceTopics;
  if (topic === strayLetters) return ['dead-letter'];
  if (topic === letterDecisionsTopic) return ['letter-decision'];
  if (sourceTopics.some((source) => deadLetterTopic(source) === topic)) return ['dead-letter'];
  return [topic];
};

const purposeOf = (topic: string): string => {
  if (isTier(topic)) return 'For records that failed for a while, as they came. Nothing is sent here today.';
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

/** Who sends what and who reads it; readers of `integration.*` are outside. */
export const operationsOf = (integrationTopics: readonly string[]): Json => {
  const all = [
    ...sourceTopics.flatMap(
      (topic) =>
        [
          ['webhook-ingest', 'send', topic, 'Before the delivery is answered 2xx.'],
          [
            'event-worker',
            'receive',
            topic,
            'In the group contact-sync; committed when the outcomes are durable.',
          ],
          ['event-worker', 'send', deadLetterTopic(topic), 'Instead of giving a record up in silence.'],
        ] as const,
    ),
    ...tiers.flatMap(
      ({ topic }) =>
        [
          ['event-worker', 'send', topic, 'For records that failed while others did not.'],
          ['event-worker', 'receive', topic, 'In the group contact-sync.retry, each record when it is due.'],
        ] as const,
    ),
    ['event-worker', 'send', strayLetters, 'Of retries that do not say where they came from.'] as const,
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
