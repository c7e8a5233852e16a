import { readFileSync } from 'node:fs';
import {
  allContracts,
  contactSyncLadder,
  deadLetterTopic,
  integrationEventContracts,
  letterDecisionsTopic,
  sourceEventContracts,
  writeBackLadder,
} from '@contact-sync/kafka';
import { expect, test } from 'vitest';
import { tombstoneFaults } from './tombstones.ts';
import { readTopicFile } from './topic-file.ts';

const shipped = readTopicFile(readFileSync(new URL('./topics.yaml', import.meta.url), 'utf8'));
const head = 'tombstones: 30d\nmaxMessageBytes: 2MiB\nwindows: {dedupe: 24h}\ntopics:\n';

test('the shipped file declares exactly the topics that the code names', () => {
  const named = [
    ...allContracts.map(({ topic }) => topic),
    ...[contactSyncLadder, writeBackLadder].flatMap(({ tiers, strayLetters }) => [
      ...tiers.map(({ topic }) => topic),
      strayLetters,
    ]),
    letterDecisionsTopic,
    ...[...sourceEventContracts, ...integrationEventContracts].map(({ topic }) => deadLetterTopic(topic)),
  ];
  expect(shipped.topics.map(({ name }) => name).toSorted()).toEqual(named.toSorted());
});

test('in the shipped file tombstones outlive every retention and window', () => {
  expect(tombstoneFaults(shipped, shipped.topics)).toEqual([]);
});

test('event topics have one number of partitions, so that the topics of a contact share their members', () => {
  const partitions = shipped.topics
    .filter(({ name }) => sourceEventContracts.some(({ topic }) => topic === name))
    .map((topic) => topic.partitions);
  expect(partitions).toEqual([6, 6, 6]);
});

test('a topic is read with its settings in Kafka’s own terms', () => {
  expect(readTopicFile(`${head}  - {name: a, partitions: 3, retention: 7d}`)).toEqual({
    tombstonesMs: 2_592_000_000,
    windows: [{ name: 'dedupe', ms: 86_400_000 }],
    topics: [
      {
        name: 'a',
        partitions: 3,
        config: {
          'cleanup.policy': 'delete',
          'retention.ms': '604800000',
          'max.message.bytes': '2097152',
          'compression.type': 'producer',
        },
      },
    ],
  });
});

test.each([
  ['no name', '  - {partitions: 3, retention: 7d}', 'no name'],
  ['no partitions', '  - {name: a, retention: 7d}', 'a: partitions'],
  ['half a partition', '  - {name: a, partitions: 0.5, retention: 7d}', 'a: partitions'],
  ['no retention', '  - {name: a, partitions: 3}', 'a: retention'],
  [
    'its name twice',
    '  - {name: a, partitions: 3, retention: 7d}\n  - {name: a, partitions: 3, retention: 7d}',
    'twice',
  ],
])('a topic with %s is refused by name', (_, topics, text) => {
  expect(() => readTopicFile(head + topics)).toThrow(text);
});
