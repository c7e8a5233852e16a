import type { FateRecord } from '../../fates/fate-record.ts';
import { fromPlaceText, toPlaceText } from '../../fates/place-text.ts';

/** Members by their place, 0 for one that is absent: their names would be a third of what a fate takes. */
type Line = [
  content: string,
  at: number,
  outcome: FateRecord['outcome'],
  origin: string,
  place: string | 0,
  contactId: string | 0,
  eventType: NonNullable<FateRecord['eventType']> | 0,
  sourceVersion: number | null,
  receivedAt: string | 0,
  secretId: string | 0,
  version: number | 0,
  fault: FateRecord['fault'] | 0,
  replayId: string | 0,
];

/** A record as one line of its event's log; the event's id is the log's. */
export const toFateLine = (record: FateRecord): string => {
  const line: Line = [
    record.content,
    record.at,
    record.outcome,
    toPlaceText(record.origin),
    record.place ? toPlaceText(record.place) : 0,
    record.contactId ?? 0,
    record.eventType ?? 0,
    record.sourceVersion ?? null,
    record.receivedAt ?? 0,
    record.secretId ?? 0,
    record.version ?? 0,
    record.fault ?? 0,
    record.replayId ?? 0,
  ];
  return `${JSON.stringify(line)}\n`;
};

const fromFateLine = (eventId: string, text: string): FateRecord => {
  const [content, at, outcome, origin, place, contactId, eventType, sourceVersion, ...rest] = JSON.parse(
    text,
  ) as Line;
  const [receivedAt, secretId, version, fault, replayId] = rest;
  return {
    eventId,
    content,
    at,
    outcome,
    origin: fromPlaceText(origin),
    ...(place !== 0 && { place: fromPlaceText(place) }),
    ...(contactId !== 0 && { contactId }),
    ...(eventType !== 0 && { eventType }),
    ...(sourceVersion !== null && { sourceVersion }),
    ...(receivedAt !== 0 && { receivedAt }),
    ...(secretId !== 0 && { secretId }),
    ...(version !== 0 && { version }),
    ...(fault !== 0 && fault !== undefined && { fault }),
    ...(replayId !== 0 && { replayId }),
  };
};

/** The records of an event's log, oldest first. */
export const fromFateLog = (eventId: string, log: string | null): FateRecord[] =>
  (log ?? '')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => fromFateLine(eventId, line));
