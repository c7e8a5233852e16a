import type { AcmeApi } from '../acme/acme-api.ts';
import { addUp, type Compared } from './add-up.ts';
import { changedAt, type ListedRecord } from './compare.ts';
import type { MetRecords } from './ports.ts';
import type { SweepJob, SweepPlace, SweepProgress } from './sweep-job.ts';
import { type TakeNewerPorts, takeNewer } from './take-newer.ts';
import { troubleError } from './trouble.ts';

export type SweepTherePorts = TakeNewerPorts & {
  readonly acme: Pick<AcmeApi, 'list' | 'find'>;
  readonly met: Pick<MetRecords, 'add'>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
};

type There = Extract<SweepPlace, { side: 'there' }>;

const pageLimit = 200;
const confirmedAtMost = 20;

const laterOf = (one: string | undefined, records: readonly ListedRecord[]): string | undefined => {
  const times = records.flatMap((record) => changedAt(record) ?? []);
  const latest = Math.max(Date.parse(one ?? '') || 0, ...times);
  return latest === 0 ? undefined : new Date(latest).toISOString();
};

/**
 * Looks again at records that AcmeCRM showed at a lower version than it had told: its webhook may have overtaken the list.
 * Where a page is full of them it is no accident, and a part is proof.
 */
const confirmed = async (
  { acme }: SweepTherePorts,
  compared: readonly Compared[],
  signal: AbortSignal,
): Promise<ReadonlySet<string>> => {
  const overtaken = new Set<string>();
  const behind = compared.filter(({ comparison }) => comparison === 'behind-there').slice(0, confirmedAtMost);
  for (const { record, mirror } of behind) {
    const answer = await acme.find(record.id, signal);
    const version =
      answer.kind === 'record' ? answer.record.acme_version : answer.kind === 'deleted' ? answer.version : 0;
    if (mirror.kind === 'known' && version >= mirror.version) overtaken.add(record.id);
  }
  return overtaken;
};

/** One page of AcmeCRM's list: what is newer there is taken, what differs is named. */
export const sweepThere = async (
  ports: SweepTherePorts,
  job: SweepJob,
  {
    place,
    graceMs,
    signal,
  }: { readonly place: There; readonly graceMs: number; readonly signal: AbortSignal },
): Promise<{ readonly progress: SweepProgress; readonly looked: number; readonly next?: There }> => {
  const page = await ports.acme.list(
    {
      limit: pageLimit,
      ...(place.since !== undefined && { updatedSince: place.since }),
      ...(place.cursor !== undefined && { cursor: place.cursor }),
    },
    signal,
  );
  if (page.kind !== 'page') throw troubleError(page);
  const options = {
    now: ports.now(),
    graceMs,
    dryRun: job.request.dryRun ?? false,
    startedAt: job.startedAt,
  };
  const compared = await takeNewer(ports, page.items, options);
  const overtaken = await confirmed(ports, compared, signal);
  const settled = compared.map((one) =>
    overtaken.has(one.record.id) ? { ...one, comparison: 'agrees' as const } : one,
  );
  if (job.request.full)
    await ports.met.add(
      job.id,
      page.items.map(({ id }) => id),
    );
  const reached = laterOf(place.reached, page.items);
  const { cursor: _, ...rest } = place;
  const next = { ...rest, ...(reached !== undefined && { reached }) };
  return {
    progress: { ...addUp(job.progress, settled), place: next },
    looked: page.items.length,
    ...(page.nextCursor !== undefined && { next: { ...next, cursor: page.nextCursor } }),
  };
};
