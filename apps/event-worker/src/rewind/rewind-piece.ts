import { AppError, type ApplyResult, type SourceEvent } from '@contact-sync/domain';
import {
  type Codec,
  integrationEventContracts,
  type LogReader,
  type LogRecord,
  sourceEventContracts,
  type TopicReader,
  type ValueOf,
} from '@contact-sync/kafka';
import { decodeLetter } from '../replay/decode-letter.ts';
import type { EventTrier } from '../replay/event-trier.ts';
import type { ContactLifter, Published } from './ports.ts';
import { groupOf, type RewindJob, type RewindProgress, type Span } from './rewind-job.ts';
import { lengthOf, readOn, spansSince } from './spans.ts';

export type RewindPorts = {
  readonly reader: Pick<LogReader, 'bounds' | 'placesAt' | 'read' | 'commit'>;
  readonly codec: Pick<Codec, 'decode'>;
  readonly contacts: EventTrier;
  readonly lifter: ContactLifter;
};

const topicsOf = (contracts: readonly { readonly topic: string }[]) => contracts.map(({ topic }) => topic);

type IntegrationEvent = ValueOf<(typeof integrationEventContracts)[number]>;

const integrationReaders: ReadonlyMap<string, TopicReader<IntegrationEvent>> = new Map(
  integrationEventContracts.map((contract) => [contract.topic, contract]),
);

const plan = async ({ reader }: RewindPorts, job: RewindJob): Promise<RewindProgress> => {
  const time = Date.parse(job.request.to);
  // Deletes first: a contact that is lifted above its erasure before that is met would live on.
  const published = await spansSince(reader, topicsOf(integrationEventContracts).toReversed(), time);
  const events = await spansSince(reader, topicsOf(sourceEventContracts), time);
  return { ...job.progress, planned: lengthOf(published) + lengthOf(events), left: { published, events } };
};

/** Undefined for one that cannot be read: nobody was told anything by it. */
const publishedBy = async (
  codec: RewindPorts['codec'],
  record: LogRecord,
): Promise<IntegrationEvent | undefined> => {
  const reader = integrationReaders.get(record.topic);
  try {
    return reader === undefined ? undefined : await codec.decode(reader, record.value);
  } catch (error) {
    if (error instanceof AppError && error.retryable) throw error;
    return undefined;
  }
};

const highest = (events: readonly IntegrationEvent[]) => {
  const newest = new Map<string, Published>();
  for (const event of events) {
    const { contactId: id, version } = event;
    if (version <= (newest.get(id)?.version ?? 0)) continue;
    newest.set(id, { id, version, erased: 'erased' in event && event.erased });
  }
  return [...newest.values()];
};

type Left = { readonly published: readonly Span[]; readonly events: readonly Span[] };

const liftSome = async (ports: RewindPorts, job: RewindJob, left: Left): Promise<RewindProgress> => {
  const { progress, request } = job;
  const step = await readOn(ports.reader, left.published);
  const told: IntegrationEvent[] = [];
  for (const record of step.records) {
    const event = await publishedBy(ports.codec, record);
    if (event !== undefined) told.push(event);
  }
  const contacts = highest(told);
  const lifted =
    contacts.length === 0 ? [] : await ports.lifter.lift(contacts, { dryRun: request.dryRun ?? false });
  return {
    ...progress,
    read: progress.read + lengthOf(left.published) - lengthOf(step.left),
    lifted: progress.lifted + lifted.length,
    left: { ...left, published: step.left },
  };
};

const counted = (progress: RewindProgress, results: readonly ApplyResult[], failed: number) => {
  const of = (fate: string) => results.filter((result) => 'fate' in result && result.fate === fate).length;
  return {
    applied: progress.applied + of('applied'),
    unchanged: progress.unchanged + of('unchanged'),
    superseded: progress.superseded + of('superseded'),
    duplicate: progress.duplicate + of('duplicate'),
    failed: progress.failed + failed + results.filter((result) => 'code' in result).length,
  };
};

const assertTaken = (results: readonly ApplyResult[]): void => {
  const passing = results.find((result) => 'code' in result && result.retryable);
  if (passing === undefined) return;
  throw new AppError('DEPENDENCY_UNAVAILABLE', {
    message: 'contact-service does not take an event now.',
    retryable: true,
  });
};

const applySome = async (ports: RewindPorts, job: RewindJob, left: Left): Promise<RewindProgress> => {
  const { progress, request } = job;
  const dryRun = request.dryRun ?? false;
  const step = await readOn(ports.reader, left.events);
  const events: SourceEvent[] = [];
  for (const record of step.records) {
    const decoded = await decodeLetter(ports.codec, record.topic, record);
    if ('event' in decoded) events.push(decoded.event);
  }
  const results = await ports.contacts.apply(events, { dryRun });
  assertTaken(results);
  return {
    ...progress,
    ...counted(progress, results, step.records.length - events.length),
    read: progress.read + lengthOf(left.events) - lengthOf(step.left),
    left: { ...left, events: step.left },
    ...(!dryRun && step.place !== undefined && { reached: step.place }),
  };
};

/** Leaves the place that was reached with the group of the rewind, for whoever looks at its lag. */
const leaveReached = async ({ reader }: RewindPorts, job: RewindJob): Promise<RewindJob> => {
  const { reached, ...progress } = job.progress;
  if (reached === undefined) return job;
  await reader.commit(groupOf(job.id), [reached]);
  return { ...job, progress };
};

/**
 * Takes a rewind one batch further (design section 5): first through what others were told, so that contacts count on above
 * it, then through AcmeCRM's events. Known events change nothing, by the version rule. What cannot be applied is counted; its
 * letters stand since it came first.
 */
export const createRewindPiece =
  (ports: RewindPorts) =>
  async (given: RewindJob): Promise<{ progress: RewindProgress; isDone: boolean }> => {
    const job = await leaveReached(ports, given);
    const { left } = job.progress;
    if (left === undefined) return { progress: await plan(ports, job), isDone: false };
    if (left.published.length > 0) return { progress: await liftSome(ports, job, left), isDone: false };
    if (left.events.length === 0) return { progress: job.progress, isDone: true };
    return { progress: await applySome(ports, job, left), isDone: false };
  };
