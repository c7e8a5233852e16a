import type { KafkaClient } from '@contact-sync/kafka';

const WITHIN_MS = 10_000;

const outcome = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: Error) => (/not authorized/i.test(error.message) ? 'refused' : error.message),
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
export const read = async ({ kafka }: KafkaClient, groupId: string, topic: string): Promise<string> => {
  const consumer = kafka.consumer({
    groupId,
    allowAutoTopicCreation: false,
    retry: { retries: 0 },
    maxWaitTimeInMs: 100,
  });
  await consumer.connect();
  try {
    const ended = new Promise((resolve, reject) => {
      consumer.on(consumer.events.GROUP_JOIN, resolve);
      consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
      setTimeout(() => reject(new Error('neither joined nor refused')), WITHIN_MS).unref();
    });
    const begun = consumer
      .subscribe({ topics: [topic] })
      .then(() => consumer.run({ eachMessage: async () => undefined }));
    return await outcome(begun.then(() => ended));
  } finally {
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
