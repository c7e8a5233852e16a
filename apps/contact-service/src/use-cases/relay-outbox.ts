import { setTimeout as delay } from 'node:timers/promises';
import type { IntegrationEvents, Outbox, OutboxEntry } from '../ports.ts';

export type RelayPorts = { readonly outbox: Outbox; readonly events: IntegrationEvents };

export type RelayObserver = {
  /** Entries that the broker has and the outbox no longer. */
  readonly relayed: (count: number) => void;
  /** What waits, as of the last look; one a second. */
  readonly waiting: (count: number) => void;
  readonly failed: (error: unknown) => void;
};

export type OutboxRelay = {
  /** Begins to relay; returns at once. */
  readonly start: () => void;
  /** Ends after the round under way and gives the lease up. */
  readonly stop: () => Promise<void>;
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

/** Relays until it is stopped: whenever there are entries and the lease is its own. */
export const createOutboxRelay = (ports: RelayPorts, options: RelayOptions): OutboxRelay => {
  const { observer, retryMs, lingerMs = 10 } = options;
  const stopping = new AbortController();
  const pause = (ms: number) => delay(ms, undefined, { signal: stopping.signal }).catch(() => undefined);
  let running = Promise.resolve();
  let lookedAt = Number.NEGATIVE_INFINITY;

  const look = async (): Promise<void> => {
    if (performance.now() - lookedAt < lookMs) return;
    lookedAt = performance.now();
    observer.waiting(await ports.outbox.size());
  };

  const step = async (): Promise<void> => {
    const token = await ports.outbox.lease();
    if (token === null) return void (await pause(retryMs));
    await look();
    const { relayed, hasMore } = await relayRound(ports, token);
    observer.relayed(relayed);
    if (relayed > 0 && !hasMore) await pause(lingerMs);
  };

  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        await step();
      } catch (error) {
        observer.failed(error);
        await pause(retryMs);
      }
    }
    await ports.outbox.release().catch(observer.failed);
  };

  return {
    start: () => {
      running = run();
    },
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
};
