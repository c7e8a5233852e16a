import { setTimeout as delay } from 'node:timers/promises';
import type { Admin } from 'kafkajs';

const hasLeaders = async (admin: Admin, names: readonly string[]): Promise<boolean> => {
  const { topics } = await admin.fetchTopicMetadata({ topics: [...names] });
  return topics.every(
    ({ partitions }) => partitions.length > 0 && partitions.every(({ leader }) => leader >= 0),
  );
};

/**
 * Resolves when every partition of new topics has a leader. A broker may not know a topic yet that the controller has
 * just made, which kafkajs's own waiting takes for a failure. Rejects with the last error after `timeoutMs`.
 */
export const waitForLeaders = async (
  admin: Admin,
  names: readonly string[],
  timeoutMs: number,
): Promise<void> => {
  const until = performance.now() + timeoutMs;
  for (;;) {
    const state = await hasLeaders(admin, names).catch((error: unknown) => error);
    if (state === true) return;
    if (performance.now() > until) {
      throw state instanceof Error ? state : new Error(`no leader for ${names.join(', ')}`);
    }
    await delay(100);
  }
};
