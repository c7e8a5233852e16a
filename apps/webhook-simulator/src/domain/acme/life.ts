import { type AcmeContact, contactIdOfAcme, type EventType } from '@contact-sync/domain';
import type { Faker } from '@faker-js/faker';
import { changeRecord } from './change.ts';
import type { SimulatedContact, SimulatedEvent, Webhook } from './event.ts';
import type { Place } from './places.ts';
import { newRecord } from './record.ts';

/** Members of a record, as AcmeCRM spells them and, where that differs, as a right system shows them. */
export type Members = {
  readonly sent: Readonly<Record<string, unknown>>;
  readonly shown?: Readonly<Record<string, unknown>>;
};

/** One contact in AcmeCRM. Each change is one version, and gives the event that tells of it. */
export type Life = {
  readonly contact: SimulatedContact;
  /** Whether it is there: made, and not deleted since. */
  readonly isLive: () => boolean;
  /** Makes it, changes it, or brings it back. One to three members are drawn; `members` stand over them. */
  readonly change: (members?: Members) => SimulatedEvent;
  readonly remove: () => SimulatedEvent;
  /** An event of a version that AcmeCRM never had: were it taken, the contact would show it. */
  readonly forge: () => SimulatedEvent;
  /** An event that says something else of the newest version. */
  readonly contradict: () => SimulatedEvent;
};

export type LifeInput = {
  readonly acmeId: string;
  /** What event ids begin with. */
  readonly eventPrefix: string;
  readonly place: Place;
  readonly faker: Faker;
  /** When the run began, in ms since 1970; what happened in AcmeCRM happened before. */
  readonly startedAt: number;
};

const MINUTE_MS = 60_000;
const LIFE_MS = 90 * 24 * 60 * MINUTE_MS;
const MINUTES_BETWEEN_CHANGES = 90;
/** Above every version that a contact of a run reaches. */
const FORGED_AHEAD = 1_000_000;

type Told = {
  readonly event: EventType;
  readonly version: number;
  readonly at: string;
  readonly data: Webhook['data'];
  readonly record: AcmeContact | null;
  /** Behind the event's id. */
  readonly mark?: string;
};

/** Those of `members` that stand in both records with the same value. */
const unchanged = (
  members: Readonly<Record<string, unknown>>,
  before: AcmeContact | undefined,
  after: AcmeContact,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(members).filter(
      ([name]) => before && Reflect.get(before, name) === Reflect.get(after, name),
    ),
  );

/** Begins the life of a contact that AcmeCRM has not made yet. */
export const beginLife = (input: LifeInput): Life => {
  const { acmeId, eventPrefix, place, faker, startedAt } = input;
  const contactId = contactIdOfAcme(acmeId);
  const events: SimulatedEvent[] = [];
  let sent: AcmeContact | undefined;
  let shown: AcmeContact | null = null;
  let respelled: Readonly<Record<string, unknown>> = {};

  const versionNow = () => events.at(-1)?.version ?? 0;
  const timeOf = (version: number) => {
    const minutes =
      version * MINUTES_BETWEEN_CHANGES + faker.number.int({ max: MINUTES_BETWEEN_CHANGES - 1 });
    return new Date(startedAt - LIFE_MS + minutes * MINUTE_MS).toISOString();
  };
  const eventOf = ({ event, version, at, data, record, mark = '' }: Told): SimulatedEvent => ({
    acmeId,
    contactId,
    version,
    record,
    webhook: { id: `${eventPrefix}_${version}${mark}`, event, timestamp: at, data },
  });
  const append = (event: SimulatedEvent): SimulatedEvent => {
    events.push(event);
    return event;
  };
  const drawn = (version: number, at: string): AcmeContact => ({
    ...(sent ? changeRecord(sent, at, faker, place) : newRecord(acmeId, at, faker, place)),
    acme_version: version,
  });
  const untold = (version: number, lastName: string, mark: string): SimulatedEvent => {
    const at = timeOf(version);
    const record = { ...drawn(version, at), acme_last_name: lastName };
    return eventOf({ event: 'contact.updated', version, at, data: record, record, mark });
  };

  return {
    contact: { acmeId, contactId, events },
    isLive: () => shown !== null,
    change: (members = { sent: {} }) => {
      const version = versionNow() + 1;
      const at = timeOf(version);
      const before = sent;
      sent = { ...drawn(version, at), ...members.sent };
      respelled = { ...unchanged(respelled, before, sent), ...members.shown };
      shown = { ...sent, ...respelled };
      const event = before ? 'contact.updated' : 'contact.created';
      return append(eventOf({ event, version, at, data: sent, record: shown }));
    },
    remove: () => {
      const version = versionNow() + 1;
      // What a delete carries beyond id and version is ignored, so both forms must come to the same.
      const data = { ...(faker.datatype.boolean() ? {} : sent), id: acmeId, acme_version: version };
      shown = null;
      return append(eventOf({ event: 'contact.deleted', version, at: timeOf(version), data, record: null }));
    },
    forge: () => untold(versionNow() + FORGED_AHEAD, 'Forged', `_forged_${faker.string.nanoid(6)}`),
    contradict: () => append({ ...untold(versionNow(), 'Contradicted', '_other'), conflicts: true }),
  };
};
