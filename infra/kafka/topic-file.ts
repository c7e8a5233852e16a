import type { TopicSpec } from '@contact-sync/kafka';
import { parse } from 'yaml';
import { durationMs, sizeBytes } from './units.ts';

/** The declaration of all topics. Durations in milliseconds. */
export type TopicFile = {
  readonly tombstonesMs: number;
  readonly windows: readonly { readonly name: string; readonly ms: number }[];
  readonly topics: readonly TopicSpec[];
};

type Entry = { readonly name?: unknown; readonly partitions?: unknown; readonly retention?: unknown };
type Document = {
  readonly tombstones?: unknown;
  readonly windows?: Readonly<Record<string, unknown>>;
  readonly maxMessageBytes?: unknown;
  readonly topics?: readonly Entry[];
};

const topicSpec = ({ name, partitions, retention }: Entry, maxMessageBytes: number): TopicSpec => {
  if (typeof name !== 'string' || name === '') throw new Error('topics: a topic has no name');
  if (!Number.isInteger(partitions) || (partitions as number) < 1) {
    throw new Error(`${name}: partitions must be a whole number from 1`);
  }
  return {
    name,
    partitions: partitions as number,
    config: {
      'cleanup.policy': 'delete',
      'retention.ms': String(durationMs(retention, `${name}: retention`)),
      'max.message.bytes': String(maxMessageBytes),
      // Batches stay as their producers packed them: a broker that packs anew may use what a reader does not know.
      'compression.type': 'producer',
    },
  };
};

/** Reads the text of topics.yaml. Throws an Error that says what is wrong where. */
export const readTopicFile = (text: string): TopicFile => {
  const document = parse(text) as Document;
  const maxMessageBytes = sizeBytes(document.maxMessageBytes, 'maxMessageBytes');
  const topics = (document.topics ?? []).map((entry) => topicSpec(entry, maxMessageBytes));
  const names = topics.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`${twice}: declared twice`);
  return {
    tombstonesMs: durationMs(document.tombstones, 'tombstones'),
    windows: Object.entries(document.windows ?? {}).map(([name, value]) => ({
      name,
      ms: durationMs(value, `windows: ${name}`),
    })),
    topics,
  };
};
