import type { KafkaClient } from '@contact-sync/kafka';

const WITHIN_MS = 10_000;

/** That kafkajs was refused: it tells a group that it may not join as one whose coordinator it cannot find. */
const isRefusal = (error: Error): boolean => {
  if (/not authorized|Failed to find group coordinator/i.test(error.message)) return true;
  return 'errors' in error && Array.isArray(error.errors) && error.errors.some(isRefusal);
};

const outcome = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: Error) => (isRefusal(error) ? 'refused' : error.message),
  );

/** Whether that user may write to a topic. */
export const write = async ({ kafka }: KafkaClient, topic: string): Promise<string> => {
  const producer = kafka.producer({ allowAutoTopicCreation: false, retry: { retries: 0 } });
  await producer.connect();
  try {
    return await outcome(producer.send({ topic, messages: [{ key: 'trespass', value: null }] }));
  } finally {
    await producer.disconnect();
  }
};

/** Whether that user may read a topic under a group: what ends the reader, or `done` once it is a member of the group. */
export const read = async (client: KafkaClient, groupId: string, topic: string): Promise<string> => {
  const consumer = client.openConsumer({
    groupId,
    allowAutoTopicCreation: false,
    retry: { retries: 0 },
    maxWaitTimeInMs: 100,
  });
  const joined = Promise.withResolvers<void>();
  joined.promise.catch(() => undefined);
  const overdue = setTimeout(() => joined.reject(new Error('neither joined nor refused')), WITHIN_MS);
  consumer.on(consumer.events.GROUP_JOIN, () => joined.resolve());
  consumer.on(consumer.events.CRASH, ({ payload }) => joined.reject(payload.error));
  try {
    await consumer.connect();
    const run = async () => {
      await consumer.subscribe({ topics: [topic] });
      await consumer.run({ eachMessage: async () => undefined });
      await joined.promise;
    };
    return await outcome(run());
  } finally {
    clearTimeout(overdue);
    await consumer.disconnect();
  }
};

/** Whether that user may change what there is: a topic, or rights. */
export const administer = async ({ kafka }: KafkaClient): Promise<string> => {
  const admin = kafka.admin({ retry: { retries: 0 } });
  await admin.connect();
  try {
    return await outcome(admin.createTopics({ topics: [{ topic: 'of-an-intruder', numPartitions: 1 }] }));
  } finally {
    await admin.disconnect();
  }
};
