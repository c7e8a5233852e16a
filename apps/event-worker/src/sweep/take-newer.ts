import type { MirrorVersion } from '@contact-sync/api-contracts';
import { AppError, type SourceEvent } from '@contact-sync/domain';
import type { Compared } from './add-up.ts';
import { compare, isDeleted, type ListedRecord, type Youth } from './compare.ts';
import type { DeleteBrake, MirrorReader, PublishEvents } from './ports.ts';
import { toSweepEvent } from './to-event.ts';

export type TakeNewerPorts = {
  readonly mirrors: Pick<MirrorReader, 'versions'>;
  readonly publish: PublishEvents;
  readonly brake: DeleteBrake;
};

export type TakeNewerOptions = Youth & {
  readonly dryRun: boolean;
  /** When the sweep was asked for, in milliseconds since the epoch. */
  readonly startedAt: number;
};

type Judged = Compared & { readonly event?: SourceEvent };

const judged = (record: ListedRecord, mirror: MirrorVersion, options: TakeNewerOptions): Judged => {
  const comparison = compare(record, mirror, options);
  if (comparison !== 'behind-here' && comparison !== 'only-there') return { record, mirror, comparison };
  const read = toSweepEvent(record, options.now);
  return 'event' in read
    ? { record, mirror, comparison, event: read.event }
    : { record, mirror, comparison: 'unreadable', pointer: read.pointer };
};

/** What takes a contact away that lives here. */
const isDeletion = ({ record, mirror, event }: Judged): boolean =>
  event !== undefined && isDeleted(record) && mirror.kind === 'known' && !mirror.deleted;

/** @throws {AppError} CONFLICT, retryable, where a delete is one too many; nothing of the page is published then. */
const assertAdmitted = async (
  brake: DeleteBrake,
  deletions: readonly Judged[],
  causedAt: number,
): Promise<void> => {
  for (const { record } of deletions) {
    if (await brake.admit({ id: `sweep:${record.id}:${record.acme_version}`, causedAt })) continue;
    throw new AppError('CONFLICT', {
      message: 'The sweep waits: too many contacts are deleted in AcmeCRM. Somebody must accept that.',
      retryable: true,
    });
  }
};

/**
 * Compares records of AcmeCRM with their mirrors and publishes what is newer there, in the order in which they are given;
 * a dry run publishes nothing.
 *
 * @throws {AppError} retryable, where a peer takes nothing now or the brake stops it; then nothing was counted.
 */
export const takeNewer = async (
  { mirrors, publish, brake }: TakeNewerPorts,
  records: readonly ListedRecord[],
  options: TakeNewerOptions,
): Promise<readonly Compared[]> => {
  if (records.length === 0) return [];
  const versions = await mirrors.versions(records.map(({ id }) => id));
  const all = records.flatMap((record, index) => {
    const mirror = versions[index];
    return mirror === undefined ? [] : [judged(record, mirror, options)];
  });
  const events = all.flatMap(({ event }) => event ?? []);
  if (!options.dryRun && events.length > 0) {
    await assertAdmitted(brake, all.filter(isDeletion), options.startedAt);
    await publish(events);
  }
  return all;
};
