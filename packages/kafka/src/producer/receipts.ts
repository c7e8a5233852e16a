import type { Message, PartitionerArgs, RecordMetadata } from 'kafkajs';
import kafkajs from 'kafkajs';
import type { Receipt } from './outgoing.ts';

const partitions = new WeakMap<Message, number>();

/** Kafka's default partitioner (murmur2 of the key), which also remembers where each message of ours went. */
export const rememberingPartitioner = () => {
  const choose = kafkajs.Partitioners.DefaultPartitioner();
  return (args: PartitionerArgs): number => {
    const partition = choose(args);
    partitions.set(args.message, partition);
    return partition;
  };
};

/**
 * The place of each message of one batch, in the order given. The broker states the first offset of each partition; the
 * messages of a partition follow it in the order in which they were handed over.
 */
export const receiptsOf = (
  sent: readonly { readonly topic: string; readonly message: Message }[],
  answer: readonly RecordMetadata[],
): Receipt[] => {
  const next = new Map<string, bigint>(
    answer.map((place) => [`${place.topicName} ${place.partition}`, BigInt(place.baseOffset ?? '-1')]),
  );
  return sent.map(({ topic, message }) => {
    const partition = partitions.get(message) ?? -1;
    const key = `${topic} ${partition}`;
    const offset = next.get(key) ?? -1n;
    if (offset >= 0n) next.set(key, offset + 1n);
    return { topic, partition, offset: offset.toString() };
  });
};
