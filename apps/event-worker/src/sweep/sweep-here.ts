import type { KnownMirror, SweepFinding } from '@contact-sync/api-contracts';
import type { AcmeApi } from '../acme/acme-api.ts';
import { addUp, withFindings } from './add-up.ts';
import type { ListedRecord } from './compare.ts';
import type { MetRecords, MirrorReader } from './ports.ts';
import type { SweepJob, SweepProgress } from './sweep-job.ts';
import { type TakeNewerPorts, takeNewer } from './take-newer.ts';
import { troubleError } from './trouble.ts';

export type SweepHerePorts = TakeNewerPorts & {
  readonly acme: Pick<AcmeApi, 'find'>;
  readonly mirrors: MirrorReader;
  readonly met: Pick<MetRecords, 'without' | 'claim'>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
};

/** Beyond, it is a wrong account or a lost database there, and each further record is not asked for one by one. */
const askedAtMost = 100;

/** A record that the list did not show, as AcmeCRM shows it by its id; undefined where it has none. */
const lookFor = async (
  acme: Pick<AcmeApi, 'find'>,
  { acmeId }: KnownMirror,
  signal: AbortSignal,
): Promise<ListedRecord | undefined> => {
  const answer = await acme.find(acmeId, signal);
  switch (answer.kind) {
    case 'record':
      return answer.record;
    case 'deleted':
      return { id: acmeId, acme_version: answer.version, acme_deleted: true };
    case 'unavailable':
    case 'unauthorised':
    case 'limited':
      throw troubleError(answer);
    default:
      return undefined;
  }
};

const findingOf = ({ acmeId, contactId, version }: KnownMirror): SweepFinding => ({
  difference: 'only-here',
  acmeId,
  contactId,
  here: version,
});

const firstPage = 'first';

/** Which live mirrors of a page AcmeCRM's list did not show, each once, though several pages of our own list show it. */
const unmetOf = async (
  { met }: SweepHerePorts,
  job: SweepJob,
  {
    page = firstPage,
    mirrors,
  }: { readonly page: string | undefined; readonly mirrors: readonly KnownMirror[] },
): Promise<readonly KnownMirror[]> => {
  const live = new Map(mirrors.filter(({ deleted }) => !deleted).map((mirror) => [mirror.acmeId, mirror]));
  const ids = await met.claim(job.id, page, await met.without(job.id, [...live.keys()]));
  return ids.flatMap((id) => live.get(id) ?? []);
};

/** One page of our mirrors: what AcmeCRM does not have is named, and what it has after all is compared. */
export const sweepHere = async (
  ports: SweepHerePorts,
  job: SweepJob,
  {
    cursor,
    graceMs,
    signal,
  }: { readonly cursor?: string; readonly graceMs: number; readonly signal: AbortSignal },
): Promise<{ readonly progress: SweepProgress; readonly looked: number; readonly nextCursor?: string }> => {
  const { items, nextCursor } = await ports.mirrors.list(cursor);
  const unmet = await unmetOf(ports, job, { page: cursor, mirrors: items });
  const found: ListedRecord[] = [];
  const onlyHere: KnownMirror[] = [];
  for (const mirror of unmet) {
    const isAsked = job.progress.counts.onlyHere + onlyHere.length < askedAtMost;
    const record = isAsked ? await lookFor(ports.acme, mirror, signal) : undefined;
    if (record === undefined) onlyHere.push(mirror);
    else found.push(record);
  }
  const options = {
    now: ports.now(),
    graceMs,
    dryRun: job.request.dryRun ?? false,
    startedAt: job.startedAt,
  };
  const progress = addUp(job.progress, await takeNewer(ports, found, options));
  const { counts } = progress;
  return {
    progress: {
      ...progress,
      counts: {
        ...counts,
        onlyHere: counts.onlyHere + onlyHere.length,
        checkedHere: counts.checkedHere + items.length,
      },
      findings: withFindings(progress.findings, onlyHere.map(findingOf)),
    },
    looked: items.length,
    ...(nextCursor !== undefined && { nextCursor }),
  };
};
