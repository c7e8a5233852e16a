import { AppError } from '@contact-sync/domain';
import {
  type AcmeContactCreated,
  acmeContactCreated,
  type BatchHandler,
  deadLetterTopic,
  type Outcome,
} from '../../src/index.ts';
import { committedOffset } from './committed.ts';
import { createdEvent } from './events.ts';
import { readTopic } from './read-topic.ts';
import { connectClient, connectCodec, connectProducer, ownGroup, ownLadder, ownTopic } from './servers.ts';

/** A topic of the test's own with its dead letters, and what tells of them. */
export const setUp = async ({
  deadLetters = true,
  partitions = 1,
  waits,
}: {
  deadLetters?: boolean;
  partitions?: number;
  waits?: readonly [number, ...number[]];
} = {}) => {
  const client = connectClient();
  const codec = connectCodec();
  const topic = await ownTopic(client, acmeContactCreated, { deadLetters, partitions });
  const ladder = waits === undefined ? undefined : await ownLadder(client, waits);
  const producer = await connectProducer(client, codec, [topic]);
  const groupId = ownGroup();
  const send = async (count: number, prefix = 'event', contactId?: string) => {
    const ids = Array.from({ length: count }, (_, index) => `${prefix}-${index}`);
    const contact = contactId === undefined ? {} : { contactId };
    for (const eventId of ids) await producer.send(topic, { value: createdEvent({ eventId, ...contact }) });
    return ids;
  };
  const committed = () => committedOffset(client, groupId, topic.topic);
  const deadLetterName = deadLetterTopic(topic.topic);
  const readDeadLetters = () => readTopic(client, deadLetterName);
  return {
    client,
    codec,
    topic,
    topics: [topic],
    producer,
    groupId,
    ...(ladder !== undefined && { ladder }),
    send,
    committed,
    deadLetterName,
    readDeadLetters,
  };
};

export const down = () => new AppError('DEPENDENCY_UNAVAILABLE', { message: 'down', retryable: true });

/** A handler that notes what it was given before it does what the test says. */
export const noting = (act: (eventId: string, call: number) => Outcome) => {
  const handled: string[] = [];
  let call = 0;
  const handle: BatchHandler<AcmeContactCreated> = async (records) => {
    call += 1;
    const outcomes = records.map(({ value }) => act(value.eventId, call));
    handled.push(...records.map(({ value }) => value.eventId));
    return outcomes;
  };
  return { handled, handle };
};
