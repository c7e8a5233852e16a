import type { Message, RecordMetadata } from 'kafkajs';
import type { Receipt } from './outgoing.ts';

/** A message that was sent; the partitioner has noted its partition on it. */
export type Sent = { readonly topic: string; readonly message: Message };

const unknown = -1;

/**
 * The place of each message of one batch, in the order given. The broker states the first offset of each partition; the
 * messages of a partition follow it in the order in which they were handed over.
 */
export const receiptsOf = (sent: readonly Sent[], answer: readonly RecordMetadata[]): Receipt[] => {
  const next = new Map<string, number[]>();
  for (const { topicName, partition, baseOffset } of answer) {
    const offsets = next.get(topicName) ?? [];
    offsets[partition] = Number(baseOffset ?? unknown);
    next.set(topicName, offsets);
  }
  return sent.map(({ topic, message: { partition = unknown } }) => {
    const offsets = next.get(topic);
    const offset = offsets?.[partition] ?? unknown;
    if (offsets && offset !== unknown) offsets[partition] = offset + 1;
    return { topic, partition, offset: String(offset) };
  });
};
