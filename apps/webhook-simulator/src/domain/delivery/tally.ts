import type { Finding, Findings, Refusal } from '@contact-sync/api-contracts';
import type { EventOutcome } from '../oracle/evidence.ts';
import { joinFindings } from '../oracle/finding.ts';
import type { Delivery } from './delivery.ts';
import { type DeliveryResult, describeAnswer, isAsExpected } from './result.ts';

/** Counts of deliveries. */
export type Counts = {
  readonly sent: number;
  readonly accepted: number;
  readonly refused: number;
  readonly duplicates: number;
  readonly unanswered: number;
  readonly retries: number;
};

export type Tally = {
  readonly total: Counts;
  readonly byPart: readonly Counts[];
  readonly refusals: readonly Refusal[];
  /** Deliveries that were not answered as they had to be. */
  readonly findings: Findings;
  /** By webhook id; a planted delivery has none. */
  readonly outcomes: ReadonlyMap<string, EventOutcome>;
};

const none: Counts = { sent: 0, accepted: 0, refused: 0, duplicates: 0, unanswered: 0, retries: 0 };

const strength: Readonly<Record<EventOutcome, number>> = { refused: 0, uncertain: 1, accepted: 2 };

const outcomeOf = (result: DeliveryResult): EventOutcome => {
  if (result.kind === 'accepted') return 'accepted';
  return result.kind === 'unanswered' || result.uncertain ? 'uncertain' : 'refused';
};

const withResult = (counts: Counts, result: DeliveryResult): Counts => ({
  sent: counts.sent + 1,
  accepted: counts.accepted + (result.kind === 'accepted' ? 1 : 0),
  refused: counts.refused + (result.kind === 'refused' ? 1 : 0),
  unanswered: counts.unanswered + (result.kind === 'unanswered' ? 1 : 0),
  duplicates: counts.duplicates + (result.kind === 'accepted' && result.duplicate ? 1 : 0),
  retries: counts.retries + result.attempts - 1,
});

const findingOf = (delivery: Delivery, result: DeliveryResult): Partial<Findings> => {
  const { about, events, expected } = delivery;
  if (isAsExpected(expected, result)) return {};
  const told = events.length > 0 ? events : [about];
  const finding = (code: Finding['code']): Finding => ({
    contactId: about.contactId,
    code,
    detail: describeAnswer(expected, result),
    eventIds: told.map(({ webhook }) => webhook.id).slice(0, 20),
  });
  if (result.kind === 'unanswered') return { unverified: [finding('NO_ANSWER')] };
  const planted = expected.kind === 'refused' && result.kind === 'accepted';
  return { unexpected: [finding(planted ? 'PLANTED_ACCEPTED' : 'WRONG_ANSWER')] };
};

/** Counts deliveries of so many parts as they end. Of an event that is sent twice, the better outcome stands. */
export const createTally = (parts: number) => {
  const outcomes = new Map<string, EventOutcome>();
  const refusals = new Map<string, Refusal>();
  const findings: Partial<Findings>[] = [];
  const byPart = Array.from({ length: parts }, () => none);
  let total = none;

  const addRefusal = (status: number, code: string, planted: boolean) => {
    const key = `${status} ${code} ${planted}`;
    refusals.set(key, { status, code, planted, count: (refusals.get(key)?.count ?? 0) + 1 });
  };
  const addOutcome = (eventId: string, outcome: EventOutcome) => {
    const before = outcomes.get(eventId);
    if (before === undefined || strength[outcome] > strength[before]) outcomes.set(eventId, outcome);
  };

  return {
    add: (delivery: Delivery & { readonly part: number }, result: DeliveryResult): void => {
      total = withResult(total, result);
      byPart[delivery.part] = withResult(byPart[delivery.part] ?? none, result);
      if (result.kind === 'refused')
        addRefusal(result.status, result.code, isAsExpected(delivery.expected, result));
      for (const { webhook } of delivery.events) addOutcome(webhook.id, outcomeOf(result));
      findings.push(findingOf(delivery, result));
    },
    counts: (): Counts => total,
    current: (): Tally => ({
      total,
      byPart,
      refusals: [...refusals.values()],
      findings: joinFindings(findings),
      outcomes,
    }),
  };
};
