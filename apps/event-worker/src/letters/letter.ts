import type { LogPlace, Origin } from '@contact-sync/kafka';

/** What an operator, or a replay, did about a letter; it stands for the letter as it was at `place`, and for no later one. */
export type Decision = {
  /** `returned`: replayed, and refused again at its place. */
  readonly kind: 'replayed' | 'returned' | 'discarded' | 'erased';
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The id of who decided it. */
  readonly by: string;
  readonly reason: string;
  readonly replayId?: string;
  /** Of a letter that `returned`: how often it has been replayed with this time. */
  readonly replays?: number;
  /** Where the letter stood that it was decided about. */
  readonly place: LogPlace;
};

/** What is known of a letter without its bytes, which stay in Kafka at `place`. Never a value of the record (rule 10). */
export type Letter = {
  readonly id: string;
  readonly kind: 'dead-letter' | 'quarantined';
  /** Where the record stood first, before any retry or replay. */
  readonly origin: Origin;
  readonly place: LogPlace;
  /** When it became a letter, last; milliseconds since the epoch. */
  readonly at: number;
  readonly stage: string;
  readonly code: string;
  readonly pointer?: string;
  readonly fingerprint: string;
  readonly contactId?: string;
  readonly eventId?: string;
  readonly eventType?: string;
  readonly attempts: number;
  /** RFC 3339. */
  readonly firstFailureAt?: string;
  readonly lastFailureAt?: string;
  /** How often it has been replayed. */
  readonly replays: number;
  /** The replay that it came back from. */
  readonly replayId?: string;
  /** What of the record it goes without because that was too large. */
  readonly omitted?: string;
};

/** A letter and the last decision about it; either may be known first, for they come from different partitions. */
export type Entry = {
  readonly id: string;
  readonly letter?: Letter;
  readonly decision?: Decision;
};

/** An entry of which the letter is known. */
export type KnownEntry = Entry & { readonly letter: Letter };

export const letterStates = ['open', 'parked', 'replayed', 'discarded'] as const;
export type LetterState = (typeof letterStates)[number];

/** From so many replays on a letter is parked: it is not replayed any more (design rule 9). */
export const maxReplays = 3;

const isSamePlace = (one: LogPlace, other: LogPlace): boolean =>
  one.topic === other.topic && one.partition === other.partition && one.offset === other.offset;

/** Whether the decision is about the letter as it stands now. */
export const isDecided = ({ letter, decision }: Entry): boolean =>
  letter !== undefined && decision !== undefined && isSamePlace(letter.place, decision.place);

/** How often a letter has been replayed. */
export const replaysOf = (entry: KnownEntry): number =>
  isDecided(entry) ? (entry.decision?.replays ?? entry.letter.replays) : entry.letter.replays;

/** What is the case with a letter now; undefined for one that must not be shown any more. */
export const stateOf = (entry: KnownEntry): LetterState | undefined => {
  const decided = isDecided(entry) ? entry.decision?.kind : undefined;
  if (entry.decision?.kind === 'erased') return undefined;
  if (decided === 'discarded' || decided === 'replayed') return decided;
  return replaysOf(entry) >= maxReplays ? 'parked' : 'open';
};
