import { type KnownEntry, type LetterState, stateOf } from './letter.ts';

/** Which letters are meant: those for which all that is given holds. */
export type LetterFilter = {
  /** Open ones, parked among them, by default. */
  readonly state?: LetterState;
  /** The topic on which the record stood first. */
  readonly topic?: string;
  readonly code?: string;
  readonly fingerprint?: string;
  readonly contactId?: string;
  readonly eventId?: string;
  /** When it became a letter, from then on; milliseconds since the epoch. */
  readonly since?: number;
  /** Until then, itself excluded. */
  readonly until?: number;
};

const isIn = (asked: LetterState | undefined, state: LetterState | undefined): boolean => {
  if (state === undefined) return false;
  return asked === undefined ? state === 'open' || state === 'parked' : asked === state;
};

const isSame = (asked: string | undefined, given: string | undefined): boolean =>
  asked === undefined || asked === given;

export const matches = (filter: LetterFilter, entry: KnownEntry): boolean => {
  const { letter } = entry;
  return (
    isIn(filter.state, stateOf(entry)) &&
    isSame(filter.topic, letter.origin.topic) &&
    isSame(filter.code, letter.code) &&
    isSame(filter.fingerprint, letter.fingerprint) &&
    isSame(filter.contactId, letter.contactId) &&
    isSame(filter.eventId, letter.eventId) &&
    (filter.since === undefined || letter.at >= filter.since) &&
    (filter.until === undefined || letter.at < filter.until)
  );
};
