import type { Refusal } from '@contact-sync/api-contracts';
import type { EventOutcome } from '../oracle/evidence.ts';
import { type Delivery, isPlanted, plantedAnswer } from './delivery.ts';

/** How one delivery ended. `uncertain`: an attempt without 2xx may have had its effect all the same. */
export type DeliveryResult =
  | { readonly kind: 'accepted'; readonly attempts: number; readonly duplicate: boolean }
  | {
      readonly kind: 'refused';
      readonly attempts: number;
      readonly status: number;
      readonly code: string;
      readonly uncertain: boolean;
    }
  | { readonly kind: 'unanswered'; readonly attempts: number };

/** Counts of a run so far. */
export type Tally = {
  readonly sent: number;
  readonly accepted: number;
  readonly duplicates: number;
  readonly unanswered: number;
  readonly retries: number;
  readonly refused: readonly Refusal[];
  /** Contacts of planted deliveries that got a 2xx. */
  readonly plantedAccepted: readonly string[];
  /** By webhook id; a planted delivery has none. */
  readonly outcomes: ReadonlyMap<string, EventOutcome>;
};

const strength: Readonly<Record<EventOutcome, number>> = { refused: 0, uncertain: 1, accepted: 2 };

const outcomeOf = (result: DeliveryResult): EventOutcome => {
  if (result.kind === 'accepted') return 'accepted';
  return result.kind === 'unanswered' || result.uncertain ? 'uncertain' : 'refused';
};

const isAsPlanted = ({ kind }: Delivery, status: number, code: string): boolean => {
  if (kind !== 'badSignature' && kind !== 'malformed') return false;
  return plantedAnswer[kind].status === status && plantedAnswer[kind].code === code;
};

/** Counts deliveries as they end. Of an event that is sent twice, the better outcome stands. */
export const createTally = () => {
  const outcomes = new Map<string, EventOutcome>();
  const refusals = new Map<string, Refusal>();
  const plantedAccepted: string[] = [];
  const counts = { sent: 0, accepted: 0, duplicates: 0, unanswered: 0, retries: 0 };

  const addRefusal = (delivery: Delivery, status: number, code: string) => {
    const planted = isAsPlanted(delivery, status, code);
    const key = `${status} ${code} ${planted}`;
    refusals.set(key, { status, code, planted, count: (refusals.get(key)?.count ?? 0) + 1 });
  };
  const addOutcome = ({ webhook }: Delivery['event'], outcome: EventOutcome) => {
    const before = outcomes.get(webhook.id);
    if (before === undefined || strength[outcome] > strength[before]) outcomes.set(webhook.id, outcome);
  };

  return {
    add: (delivery: Delivery, result: DeliveryResult): void => {
      counts.sent += 1;
      counts.retries += result.attempts - 1;
      if (result.kind === 'accepted') {
        counts.accepted += 1;
        if (result.duplicate) counts.duplicates += 1;
      } else if (result.kind === 'unanswered') counts.unanswered += 1;
      else addRefusal(delivery, result.status, result.code);
      if (!isPlanted(delivery.kind)) addOutcome(delivery.event, outcomeOf(result));
      else if (result.kind === 'accepted') plantedAccepted.push(delivery.event.contactId);
    },
    current: (): Tally => ({ ...counts, refused: [...refusals.values()], plantedAccepted, outcomes }),
  };
};
