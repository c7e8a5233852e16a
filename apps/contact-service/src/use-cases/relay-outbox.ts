import { setTimeout as delay } from 'node:timers/promises';
import type { IntegrationEvents, Outbox, OutboxEntry } from '../ports.ts';

export type RelayPorts = { readonly outbox: Outbox; readonly events: IntegrationEvents };

export type RelayObserver = {
  /** Entries that the broker has and the outbox no longer. */
  readonly relayed: (count: number) => void;
  /** What waits, as of the last look. */
  readonly waiting: (count: number) => void;
  readonly failed: (error: unknown) => void;
};

export type OutboxRelay = {
  /** Begins to relay; returns at once. */
  readonly start: () => void;
  /** Ends after the round under way and gives the lease up. */
  readonly stop: () => Promise<void>;
};

const roundSize = 200;

/** Up to where no contact comes twice: its versions must not be in flight together. */
const firstOfEach = (entries: readonly OutboxEntry[]): readonly OutboxEntry[] => {
  const contacts = entries.map(({ contact }) => contact.id);
  const repeated = contacts.findIndex((id, index) => contacts.indexOf(id) < index);
  return repeated === -1 ? entries : entries.slice(0, repeated);
};

/**
 * One round of the relay (design rule 6): the oldest entries to Kafka, and out of the outbox those up to the first that
 * failed. Tells how many; a round that another relay has overtaken removes none.
 *
 * @throws what the first entry failed with.
 */
export const relayRound = async ({ outbox, events }: RelayPorts, token: number): Promise<number> => {
  const entries = firstOfEach(await outbox.read(roundSize));
  const settled = await Promise.allSettled(entries.map((entry) => events.publish(entry)));
  const failure = settled.findIndex(({ status }) => status === 'rejected');
  const sent = entries.slice(0, failure === -1 ? entries.length : failure);
  const last = sent.at(-1);
  const kept = last === undefined || !(await outbox.trim(token, last.id));
  const first = settled[0];
  if (first?.status === 'rejected') throw first.reason;
  return kept ? 0 : sent.length;
};

/** Relays until it is stopped: whenever there are entries and the lease is its own. */
export const createOutboxRelay = (
  ports: RelayPorts,
  options: { readonly observer: RelayObserver; readonly retryMs: number },
): OutboxRelay => {
  const { observer, retryMs } = options;
  const stopping = new AbortController();
  const pause = () => delay(retryMs, undefined, { signal: stopping.signal }).catch(() => undefined);
  let running = Promise.resolve();

  const step = async (): Promise<void> => {
    const token = await ports.outbox.lease();
    if (token === null) return void (await pause());
    const relayed = await relayRound(ports, token);
    observer.relayed(relayed);
    observer.waiting(await ports.outbox.size());
    if (relayed === 0) await ports.outbox.waitForEntry();
  };

  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        await step();
      } catch (error) {
        observer.failed(error);
        await pause();
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
