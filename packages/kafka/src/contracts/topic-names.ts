/** The name under which our consumers read; also part of the names of the topics that serve them (design section 2). */
export const consumerGroup = 'contact-sync';

/** The retry tiers by their waiting time, in ascending order. Their records are the original bytes. */
export const retryTiers = ['1s', '5s', '30s', '2m', '10m'].map((wait) => `${consumerGroup}.retry.${wait}`);

/** Where the records of a topic go that our consumers can never work off. */
export const deadLetterTopic = (topic: string): string => `${topic}.${consumerGroup}.dlt`;
