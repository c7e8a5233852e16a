import type {
  Finding,
  Findings,
  Latency,
  RunOptions,
  ScenarioVerdict,
  Verdict,
} from '@contact-sync/api-contracts';
import type { SimulatedContact } from './acme/event.ts';
import type { Tally } from './delivery/tally.ts';

export type VerdictParts = {
  readonly options: RunOptions;
  readonly contacts: readonly (SimulatedContact & { readonly part: number })[];
  readonly tally: Tally;
  /** Of deliveries and of contacts. */
  readonly findings: Findings;
  readonly fates: Pick<Verdict, 'fates' | 'unverifiedFates'>;
  readonly sending: Verdict['sending'];
  readonly latency: Latency;
  readonly sampleContactIds: string[];
};

const kinds = ['lost', 'doubled', 'unexpected', 'unverified'] as const;
type Kind = (typeof kinds)[number];

/** As many of a kind are listed; the scenarios' counts are of all. */
const MAX_LISTED = 200;

const isClean = (counts: Readonly<Record<Kind, number>>): boolean =>
  kinds.every((kind) => counts[kind] === 0);

const scenarioVerdict = (
  { options, contacts, tally }: VerdictParts,
  part: number,
  findings: Readonly<Record<Kind, readonly (Finding & { part: number })[]>>,
): ScenarioVerdict => {
  const countOf = (kind: Kind) => findings[kind].filter((finding) => finding.part === part).length;
  const found = {
    lost: countOf('lost'),
    doubled: countOf('doubled'),
    unexpected: countOf('unexpected'),
    unverified: countOf('unverified'),
  };
  const none = { sent: 0, accepted: 0, refused: 0, duplicates: 0, unanswered: 0, retries: 0 };
  return {
    name: options.scenarios[part]?.name ?? '',
    ok: isClean(found),
    ...(tally.byPart[part] ?? none),
    contacts: contacts.filter((contact) => contact.part === part).length,
    ...found,
  };
};

/** The verdict over these parts: in all, and by scenario. */
export const conclude = (parts: VerdictParts): Verdict => {
  const { options, contacts, tally, sending, latency, sampleContactIds } = parts;
  const partOf = new Map(contacts.map(({ contactId, part }) => [contactId, part]));
  const placed = (kind: Kind) =>
    parts.findings[kind].map((finding) => ({ ...finding, part: partOf.get(finding.contactId) ?? 0 }));
  const findings = {
    lost: placed('lost'),
    doubled: placed('doubled'),
    unexpected: placed('unexpected'),
    unverified: placed('unverified'),
  };
  const listed = (kind: Kind): Finding[] =>
    findings[kind].slice(0, MAX_LISTED).map(({ part, ...finding }) => {
      const scenario = options.scenarios[part]?.name;
      return scenario === undefined ? finding : { ...finding, scenario };
    });
  const scenarios = options.scenarios.map((_, part) => scenarioVerdict(parts, part, findings));
  const { sent, accepted, unanswered, retries, duplicates } = tally.total;
  return {
    ok: scenarios.every(({ ok }) => ok),
    sent,
    accepted,
    unanswered,
    retries,
    duplicates,
    refused: [...tally.refusals],
    lost: listed('lost'),
    doubled: listed('doubled'),
    unexpected: listed('unexpected'),
    unverified: listed('unverified'),
    scenarios,
    sending,
    ...parts.fates,
    latency,
    sampleContactIds,
  };
};
