import { eventIdentity, Fate, limits, type SourceEvent } from '@contact-sync/domain';
import type { RecordFailure, RecordOutcome, RecordRoute } from '@contact-sync/kafka';
import type { EventHead, FateFault, FateRecord, Place } from './fate-record.ts';
import { toPlaceText } from './place-text.ts';

type Outcome = RecordOutcome<SourceEvent>;

const placeOf = ({ topic, partition, offset }: Place): Place => ({ topic, partition, offset });

const isSame = (one: Place, other: Place): boolean =>
  one.topic === other.topic && one.partition === other.partition && one.offset === other.offset;

/** Of a record that could not be decoded only the header tells, and anybody may have written that. */
const eventIdOf = ({ value, headers }: Outcome): string | undefined => {
  const id = value?.eventId ?? headers['event-id'];
  return id !== undefined && id.length > 0 && id.length <= limits.idLength ? id : undefined;
};

const headOf = ({ value, headers }: Outcome): EventHead => {
  const secretId = headers['secret-id'];
  if (value === undefined) return secretId === undefined ? {} : { secretId };
  const { contactId, eventType, sourceVersion, receivedAt } = value;
  return { contactId, eventType, sourceVersion, receivedAt, ...(secretId !== undefined && { secretId }) };
};

const faultOf = ({ stage, code, pointer }: RecordFailure): FateFault => ({
  stage,
  code,
  ...(pointer !== undefined && { pointer }),
});

const fateNames: ReadonlySet<unknown> = new Set(Fate.anyOf.map(({ const: name }) => name));

const isFate = (name: string | undefined): name is Fate => fateNames.has(name);

const endOf = (route: RecordRoute): Pick<FateRecord, 'outcome' | 'version' | 'fault'> | undefined => {
  switch (route.kind) {
    case 'done':
      if (!isFate(route.fate)) return undefined;
      return { outcome: route.fate, ...(route.version !== undefined && { version: route.version }) };
    case 'tier':
      return { outcome: 'retry', fault: faultOf(route.failure) };
    case 'letter':
      return { outcome: 'dead_letter', fault: faultOf(route.failure) };
  }
};

/** The record's content; of one that could not be decoded its place is all that sets it apart. */
const contentOf = ({ value, origin }: Outcome): string =>
  value === undefined ? toPlaceText(origin) : eventIdentity(value);

/** What is kept of an outcome; undefined for a record that nobody could ask for, since it names no event. */
export const toFateRecord = (outcome: Outcome): FateRecord | undefined => {
  const eventId = eventIdOf(outcome);
  const end = endOf(outcome.route);
  if (eventId === undefined || end === undefined) return undefined;
  const { origin, position, at, replay } = outcome;
  return {
    eventId,
    content: contentOf(outcome),
    at,
    ...headOf(outcome),
    origin: placeOf(origin),
    ...(!isSame(origin, position) && { place: placeOf(position) }),
    ...end,
    ...(replay !== undefined && { replayId: replay.id }),
  };
};
