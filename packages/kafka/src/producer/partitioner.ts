import kafkajs, { type PartitionerArgs } from 'kafkajs';
import { murmur2 } from './encoding/murmur2.ts';

/**
 * Kafka's default partitioner (murmur2 of the key), which also notes on each message where it goes: the broker's answer
 * tells the offsets of a partition and not whose they are.
 */
export const notingPartitioner = () => {
  const withoutKey = kafkajs.Partitioners.DefaultPartitioner();
  return (args: PartitionerArgs): number => {
    const { message, partitionMetadata } = args;
    const { key } = message;
    message.partition =
      key === null || key === undefined
        ? withoutKey(args)
        : (murmur2(typeof key === 'string' ? Buffer.from(key) : key) & 0x7fffffff) % partitionMetadata.length;
    return message.partition;
  };
};
