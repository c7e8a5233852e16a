import type { MirrorVersion, SweepCounts, SweepFinding } from '@contact-sync/api-contracts';
import type { Comparison, ListedRecord } from './compare.ts';
import type { SweepProgress } from './sweep-job.ts';

/** A record of AcmeCRM, what we hold of it, and what comes of the two. */
export type Compared = {
  readonly record: ListedRecord;
  readonly mirror: MirrorVersion;
  readonly comparison: Comparison | 'unreadable';
  readonly pointer?: string;
};

const counters = {
  agrees: 'agreed',
  erased: 'erased',
  young: 'young',
  'behind-here': 'healed',
  'only-there': 'imported',
  'behind-there': 'behindThere',
  differs: 'differs',
  unreadable: 'unreadable',
} as const satisfies Readonly<Record<Compared['comparison'], keyof SweepCounts>>;

const listedOfEach = 100;

const isFinding = (
  comparison: Compared['comparison'],
): comparison is SweepFinding['difference'] & Compared['comparison'] =>
  comparison !== 'agrees' && comparison !== 'erased' && comparison !== 'young';

const heldVersion = (mirror: MirrorVersion): number => (mirror.kind === 'known' ? mirror.version : 0);

/** Versions that never came: those between, and this one. A first sight is none of them. */
const missedOf = ({ record, mirror, comparison }: Compared): number => {
  if (comparison !== 'behind-here') return 0;
  // A delete may stand at the version that we have.
  return Math.max(1, record.acme_version - heldVersion(mirror));
};

const findingOf = ({ record, mirror, comparison, pointer }: Compared): SweepFinding[] => {
  if (!isFinding(comparison)) return [];
  const here = heldVersion(mirror);
  return [
    {
      difference: comparison,
      acmeId: record.id,
      contactId: mirror.contactId,
      ...(here > 0 && { here }),
      there: record.acme_version,
      ...(pointer !== undefined && { pointer }),
    },
  ];
};

/** Findings with these among them; of each difference the first hundred. */
export const withFindings = (
  findings: readonly SweepFinding[],
  more: readonly SweepFinding[],
): readonly SweepFinding[] => {
  const all = [...findings];
  for (const finding of more) {
    const alike = all.filter(({ difference }) => difference === finding.difference);
    if (alike.length < listedOfEach) all.push(finding);
  }
  return all;
};

/** Progress with these records of AcmeCRM in it. */
export const addUp = (progress: SweepProgress, compared: readonly Compared[]): SweepProgress => {
  const counts = { ...progress.counts, read: progress.counts.read + compared.length };
  for (const one of compared) {
    counts[counters[one.comparison]] += 1;
    counts.missedVersions += missedOf(one);
  }
  return { ...progress, counts, findings: withFindings(progress.findings, compared.flatMap(findingOf)) };
};
