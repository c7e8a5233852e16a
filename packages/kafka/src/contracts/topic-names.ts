/** The name under which our consumers read; also part of the names of the topics that serve them (design section 2). */
export const consumerGroup = 'contact-sync';

/** Where the records of a topic go that our consumers can never work off. */
export const deadLetterTopic = (topic: string): string => `${topic}.${consumerGroup}.dlt`;

/** Where stands what was decided about dead letters and quarantined deliveries; JSON, read by the index of them alone. */
export const letterDecisionsTopic = `${consumerGroup}.letter-decisions`;

/** A topic where records wait before they are tried again, as the bytes that they were. */
export type RetryTier = { readonly topic: string; readonly waitMs: number };

/** Where the records of a group wait that failed for a while, and who reads them there. */
export type RetryLadder = {
  /** The group of the tiers' own consumer: a record that waits there delays none of the topics that it came from. */
  readonly groupId: string;
  /** In ascending order; a record that fails on the last is a dead letter. */
  readonly tiers: readonly [RetryTier, ...RetryTier[]];
  /** Takes the dead letters of which nobody can tell the topic that they came from. */
  readonly strayLetters: string;
};

const seconds = 1_000;
const minutes = 60 * seconds;

/** The retry ladder of a group (design section 2). */
export const retryLadder = (group: string): RetryLadder => {
  const groupId = `${group}.retry`;
  const tier = (wait: string, waitMs: number): RetryTier => ({ topic: `${groupId}.${wait}`, waitMs });
  return {
    groupId,
    tiers: [
      tier('1s', 1 * seconds),
      tier('5s', 5 * seconds),
      tier('30s', 30 * seconds),
      tier('2m', 2 * minutes),
      tier('10m', 10 * minutes),
    ],
    strayLetters: deadLetterTopic(groupId),
  };
};

/** The ladder of the group that carries AcmeCRM's events. */
export const contactSyncLadder: RetryLadder = retryLadder(consumerGroup);

/** The group that writes our contacts' changes to AcmeCRM (design section 6). */
export const writeBackGroup = `${consumerGroup}.write-back`;

/** The retry ladder of the group that writes to AcmeCRM. */
export const writeBackLadder: RetryLadder = retryLadder(writeBackGroup);
