import type { IntegrationEvents, Outbox, OutboxEntry } from '../ports.ts';
import { type BackgroundWork, createBackgroundWork } from './background-work.ts';

export type RelayPorts = { readonly outbox: Outbox; readonly events: IntegrationEvents };

export type RelayObserver = {
  /** Entries that the broker has and the outbox no longer. */
  readonly relayed: (count: number) => void;
  /** What waits, as of the last look; one a second. */
  readonly waiting: (count: number) => void;
  readonly failed: (error: unknown) => void;
};

export type RelayOptions = {
  readonly observer: RelayObserver;
  /** Pause after a failure, or while another relay has the lease. */
  readonly retryMs: number;
  /** How long changes gather for the next round, unless more wait already. 10 by default. */
  readonly lingerMs?: number;
};

const roundSize = 200;
const lookMs = 1_000;

/** Up to where no contact comes twice: its versions must not be in flight together. */
const firstOfEach = (entries: readonly OutboxEntry[]): readonly OutboxEntry[] => {
  const seen = new Set<string>();
  for (const [index, { contact }] of entries.entries()) {
    if (seen.has(contact.id)) return entries.slice(0, index);
    seen.add(contact.id);
  }
  return entries;
};

/** How many entries left the outbox, and whether more than those were seen there. */
export type Round = { readonly relayed: number; readonly hasMore: boolean };

/**
 * One round of the relay (design rule 6): the oldest entries to Kafka, and out of the outbox those up to the first that
 * failed. A round that another relay has overtaken removes none.
 *
 * @throws what the first entry failed with.
 */
export const relayRound = async ({ outbox, events }: RelayPorts, token: number): Promise<Round> => {
  const seen = await outbox.read(roundSize);
  const entries = firstOfEach(seen);
  const settled = await Promise.allSettled(entries.map((entry) => events.publish(entry)));
  const failure = settled.findIndex(({ status }) => status === 'rejected');
  const sent = entries.slice(0, failure === -1 ? entries.length : failure);
  const last = sent.at(-1);
  const kept = last === undefined || !(await outbox.trim(token, last.id));
  const first = settled[0];
  if (first?.status === 'rejected') throw first.reason;
  return { relayed: kept ? 0 : sent.length, hasMore: sent.length < seen.length || seen.length === roundSize };
};

/** Relays until it is stopped, whenever there are entries and the lease is its own; gives the lease up at the end. */
export const createOutboxRelay = (ports: RelayPorts, options: RelayOptions): BackgroundWork => {
  const { observer, retryMs, lingerMs = 10 } = options;
  let lookedAt = Number.NEGATIVE_INFINITY;

  const look = async (): Promise<void> => {
    if (performance.now() - lookedAt < lookMs) return;
    lookedAt = performance.now();
    observer.waiting(await ports.outbox.size());
  };

  /** Gives how long to wait before the next one. */
  const relay = async (): Promise<number> => {
    const token = await ports.outbox.lease();
    if (token === null) return retryMs;
    await look();
    const { relayed, hasMore } = await relayRound(ports, token);
    observer.relayed(relayed);
    return relayed > 0 && !hasMore ? lingerMs : 0;
  };

  return createBackgroundWork({
    step: async (pause) => {
      const pauseMs = await relay().catch((error: unknown) => {
        observer.failed(error);
        return retryMs;
      });
      if (pauseMs > 0) await pause(pauseMs);
    },
    end: () => ports.outbox.release().catch(observer.failed),
  });
};
