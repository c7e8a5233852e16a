import {
  contactSyncLadder,
  deadLetterTopic,
  sourceEventContracts,
  webhookQuarantine,
} from '@contact-sync/kafka';

/** Every topic of which the records are letters. */
export const letterTopics: readonly string[] = [
  ...sourceEventContracts.map(({ topic }) => deadLetterTopic(topic)),
  contactSyncLadder.strayLetters,
  webhookQuarantine.topic,
];
