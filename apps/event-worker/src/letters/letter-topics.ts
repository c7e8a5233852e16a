import {
  contactSyncLadder,
  deadLetterTopic,
  letterDecisionsTopic,
  sourceEventContracts,
  webhookQuarantine,
} from '@contact-sync/kafka';

/** Every topic of which the records are letters, and that of decisions about them. */
export const letterTopics: readonly string[] = [
  ...sourceEventContracts.map(({ topic }) => deadLetterTopic(topic)),
  contactSyncLadder.strayLetters,
  webhookQuarantine.topic,
  letterDecisionsTopic,
];
