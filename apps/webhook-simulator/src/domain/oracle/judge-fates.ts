import type { Fates, Finding, Findings } from '@contact-sync/api-contracts';
import type { SimulatedEvent } from '../acme/event.ts';
import type { Evidence } from './evidence.ts';
import { joinFindings } from './finding.ts';

type FateName = keyof Fates;
type KnownFates = ReadonlyMap<string, readonly (FateName | null)[]>;

export type JudgedFates = {
  readonly fates: Fates;
  /** Accepted events of which nothing is told. */
  readonly unverifiedFates: number;
  readonly findings: Findings;
};

const versionOf = ({ contactId, version }: SimulatedEvent): string => `${contactId} ${version}`;

const findingOf = ({ contactId, version, webhook }: SimulatedEvent, code: Finding['code']): Finding => ({
  contactId,
  code,
  detail: `version ${version}`,
  eventIds: [webhook.id],
});

/** Of two events that contradict each other in one version either may be the dead letter: whichever came second. */
const judgeEvent = (
  event: SimulatedEvent,
  fates: readonly (FateName | null)[],
  mayDie: boolean,
): Finding[] => {
  if (fates.length === 0 || fates.includes(null)) return [findingOf(event, 'NO_FATE')];
  return fates.includes('dead_letter') && !mayDie ? [findingOf(event, 'DEAD_LETTER')] : [];
};

const countOf = (all: readonly (readonly (FateName | null)[])[]): Fates => {
  const counts = { applied: 0, unchanged: 0, superseded: 0, duplicate: 0, dead_letter: 0 };
  for (const [first] of all) if (first) counts[first] += 1;
  return counts;
};

/** Judges that every accepted event has come to an end, and none to a bad one; `known` is undefined where none are told. */
export const judgeFates = (evidence: readonly Evidence[], known: KnownFates | undefined): JudgedFates => {
  const accepted = evidence.flatMap((one) => one.accepted);
  if (!known) return { fates: countOf([]), unverifiedFates: accepted.length, findings: joinFindings([]) };
  const contradicted = new Set(accepted.filter(({ conflicts }) => conflicts).map(versionOf));
  const fatesOf = (event: SimulatedEvent) => known.get(event.webhook.id) ?? [];
  return {
    fates: countOf(accepted.map(fatesOf)),
    unverifiedFates: 0,
    findings: joinFindings([
      {
        lost: accepted.flatMap((event) =>
          judgeEvent(event, fatesOf(event), contradicted.has(versionOf(event))),
        ),
      },
    ]),
  };
};
