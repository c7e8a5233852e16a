import type { DeadLetter, LetterDecision } from '@contact-sync/api-contracts';
import { isDecided, type KnownEntry, replaysOf, stateOf } from '../../letters/letter.ts';

export const timeText = (at: number): string => new Date(at).toISOString();

const decisionOf = (entry: KnownEntry): { readonly decision?: LetterDecision } => {
  if (entry.decision === undefined || !isDecided(entry)) return {};
  const { kind, at, by, reason, replayId } = entry.decision;
  return {
    decision: { kind, at: timeText(at), by, reason, ...(replayId !== undefined && { replayId }) },
  };
};

/** A letter as the API shows it. */
export const letterView = (entry: KnownEntry): DeadLetter => {
  const { origin, place, at, ...letter } = entry.letter;
  return {
    ...letter,
    state: stateOf(entry) ?? 'discarded',
    at: timeText(at),
    origin: { topic: origin.topic, partition: origin.partition, offset: origin.offset },
    place: { ...place },
    replays: replaysOf(entry),
    ...decisionOf(entry),
  };
};
