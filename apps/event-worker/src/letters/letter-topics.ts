import {
  contactSyncLadder,
  deadLetterTopic,
  integrationEventContracts,
  letterDecisionsTopic,
  type RetryLadder,
  sourceEventContracts,
  webhookQuarantine,
  writeBackLadder,
} from '@contact-sync/kafka';
import type { Letter } from './letter.ts';

/** Every topic of which the records are letters, and that of decisions about them. */
export const letterTopics: readonly string[] = [
  ...[...sourceEventContracts, ...integrationEventContracts].map(({ topic }) => deadLetterTopic(topic)),
  contactSyncLadder.strayLetters,
  writeBackLadder.strayLetters,
  webhookQuarantine.topic,
  letterDecisionsTopic,
];

const writtenTopics: ReadonlySet<string> = new Set([
  ...integrationEventContracts.map(({ topic }) => topic),
  writeBackLadder.strayLetters,
]);

/** Whether it is of a change of ours that was to be written to AcmeCRM, and not of an event of AcmeCRM's. */
export const isOfWriteBack = ({ origin, place }: Pick<Letter, 'origin' | 'place'>): boolean =>
  writtenTopics.has(origin.topic) || writtenTopics.has(place.topic);

/** Where a letter goes when it is replayed: back to the group that made it one. */
export const ladderOf = (letter: Pick<Letter, 'origin' | 'place'>): RetryLadder =>
  isOfWriteBack(letter) ? writeBackLadder : contactSyncLadder;
