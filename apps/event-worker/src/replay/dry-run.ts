import type { ApplyResult, FieldChange, PlannedWrite, SourceEvent } from '@contact-sync/domain';
import type { LogRecord } from '@contact-sync/kafka';
import { deliveryOf } from '../letters/fact-of.ts';
import { type KnownEntry, maxReplays, replaysOf } from '../letters/letter.ts';
import { isOfWriteBack } from '../letters/letter-topics.ts';
import { readRecords } from '../letters/read-records.ts';
import { faultOfHold } from '../write-back/fault-of-hold.ts';
import { decodeChange, decodeLetter } from './decode-letter.ts';
import type { EventTrier, WriteTrier } from './event-trier.ts';
import type { SendPorts } from './send-again.ts';

export type DryRunPorts = Pick<SendPorts, 'reader' | 'codec' | 'ingest'> & {
  readonly contacts: EventTrier;
  readonly writes: WriteTrier;
};

/** What a replay of one letter would come to. */
export type DryRunOutcome = {
  readonly outcome:
    | 'applied'
    | 'unchanged'
    | 'superseded'
    | 'duplicate'
    | 'ignored'
    | 'fails'
    | 'parked'
    | 'gone';
  readonly eventId?: string;
  readonly contactId?: string;
  readonly version?: number;
  readonly changes?: readonly FieldChange[];
  readonly code?: string;
  readonly pointer?: string;
  readonly retryable?: boolean;
};

type Fault = { readonly code: string; readonly pointer?: string; readonly retryable?: boolean };

const fails = ({ code, pointer, retryable = false }: Fault): DryRunOutcome => ({
  outcome: 'fails',
  code,
  ...(pointer !== undefined && { pointer }),
  retryable,
});

/** What a plan would come to: a write, nothing, or what keeps it from being written. */
const outcomeOfPlan = (plan: PlannedWrite | undefined): DryRunOutcome => {
  switch (plan?.kind) {
    case 'held':
      return fails(faultOfHold(plan));
    case 'frozen':
      return fails({ code: 'CONFLICT' });
    case 'create':
    case 'patch':
    case 'delete':
    case 'under-way':
      return { outcome: 'applied', version: plan.version };
    default:
      return { outcome: 'unchanged' };
  }
};

/** Up to where it is applied: the events, or what it comes to before. */
type Prepared = { readonly events: readonly SourceEvent[] } | { readonly outcome: DryRunOutcome };

const ofLetter = async (
  { codec }: DryRunPorts,
  { letter }: KnownEntry,
  record: LogRecord,
): Promise<Prepared> => {
  const decoded = await decodeLetter(codec, letter.origin.topic, record);
  return 'event' in decoded ? { events: [decoded.event] } : { outcome: fails(decoded.fault) };
};

/** A change of ours counts by what the contact is now, whatever the letter says. */
const ofWrite = async (
  { codec, writes }: DryRunPorts,
  { letter }: KnownEntry,
  record: LogRecord,
): Promise<Prepared> => {
  const decoded = await decodeChange(codec, letter.origin.topic, record);
  if ('fault' in decoded) return { outcome: fails(decoded.fault) };
  const { eventId, contactId } = decoded.change;
  const [plan] = await writes.plan([contactId]);
  return { outcome: { ...outcomeOfPlan(plan), eventId, contactId } };
};

const ofDelivery = async ({ codec, ingest }: DryRunPorts, record: LogRecord): Promise<Prepared> => {
  const delivery = await deliveryOf(codec, record);
  if (delivery === undefined) return { outcome: fails({ code: 'UNDECODABLE' }) };
  const items = await ingest.replay(delivery, { dryRun: true });
  const refused = items.find(({ status }) => status === 'refused');
  if (refused !== undefined) return { outcome: fails({ code: 'INVALID_BODY', ...refused }) };
  const events = items.flatMap(({ event }) => (event === undefined ? [] : [event as SourceEvent]));
  if (events.length > 0) return { events };
  const [first] = items;
  return { outcome: { outcome: first?.status === 'duplicate' ? 'duplicate' : 'ignored' } };
};

const prepare = async (
  ports: DryRunPorts,
  entry: KnownEntry,
  record: LogRecord | undefined,
): Promise<Prepared> => {
  if (replaysOf(entry) >= maxReplays) return { outcome: { outcome: 'parked' } };
  if (record === undefined || record.value === null || entry.letter.omitted !== undefined) {
    return { outcome: { outcome: 'gone' } };
  }
  if (isOfWriteBack(entry.letter)) return ofWrite(ports, entry, record);
  return entry.letter.kind === 'quarantined' ? ofDelivery(ports, record) : ofLetter(ports, entry, record);
};

const outcomeOf = (event: SourceEvent, result: ApplyResult): DryRunOutcome => {
  const named = { eventId: event.eventId, contactId: event.contactId };
  if ('code' in result) return { ...fails(result), ...named };
  const { fate, version, changes } = result;
  return {
    outcome: fate,
    ...named,
    ...(version !== undefined && { version }),
    ...(changes !== undefined && { changes }),
  };
};

/** Of a delivery of several events the first that fails, else the first. */
const worstOf = (outcomes: readonly DryRunOutcome[]): DryRunOutcome =>
  outcomes.find(({ outcome }) => outcome === 'fails') ?? outcomes[0] ?? { outcome: 'ignored' };

/**
 * What a replay of these letters, in their order, would come to now; one for one. Writes nothing anywhere.
 *
 * @throws {AppError} retryable, while Kafka, the registry, ingest or contact-service is away.
 */
export const dryRun = async (
  ports: DryRunPorts,
  entries: readonly KnownEntry[],
): Promise<readonly DryRunOutcome[]> => {
  const recordAt = await readRecords(
    ports.reader,
    entries.map(({ letter }) => letter.place),
  );
  const prepared: Prepared[] = [];
  for (const entry of entries) prepared.push(await prepare(ports, entry, recordAt(entry.letter.place)));
  const events = prepared.flatMap((one) => ('events' in one ? one.events : []));
  const results = (await ports.contacts.apply(events, { dryRun: true })).values();
  return prepared.map((one) => {
    if ('outcome' in one) return one.outcome;
    return worstOf(one.events.map((event) => outcomeOf(event, results.next().value as ApplyResult)));
  });
};
