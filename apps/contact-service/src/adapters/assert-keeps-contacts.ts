import { checkServer, type RedisConnection } from '@contact-sync/redis';

/**
 * Contacts are the truth, so their server must neither forget nor evict (design section 2, "Redis").
 *
 * @throws {Error} with the reasons why it may.
 */
export const assertKeepsContacts = async (redis: RedisConnection): Promise<void> => {
  const reasons = await checkServer(redis, { noEviction: true, appendOnly: true });
  if (reasons.length > 0) throw new Error(reasons.join(' '));
};
