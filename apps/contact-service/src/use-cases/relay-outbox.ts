import type { IntegrationEvents, Outbox, OutboxEntry, Refusal } from '../ports.ts';
import { type BackgroundWork, createBackgroundWork } from './background-work.ts';
import { refusalOf, retryHeld } from './hold-back.ts';

export type RelayPorts = { readonly outbox: Outbox; readonly events: IntegrationEvents };

export type RelayObserver = {
  /** Entries that the broker has and the outbox no longer. */
  readonly relayed: (count: number) => void;
  /** How much waits, and since when (milliseconds since the epoch), as of the last look; one a second. */
  readonly waiting: (count: number, oldestAt: number | null) => void;
  /** Another relay has the lease, and what waits is its to tell. */
  readonly standsBy: () => void;
  readonly failed: (error: unknown) => void;
  /** Kafka refuses a change for good; its contact is held back from now on. */
  readonly refused: (contactId: string, refusal: Refusal) => void;
  /** How many contacts are held back, as of the last look. */
  readonly held: (contacts: number) => void;
};

export type RelayOptions = {
  readonly observer: RelayObserver;
  /** Pause after a failure, or while another relay has the lease. */
  readonly retryMs: number;
  /** How long changes gather for the next round, unless more wait already. 10 by default. */
  readonly lingerMs?: number;
  /** How long until what was refused for good is tried once more. A minute by default. */
  readonly retryHeldMs?: number;
};

const roundSize = 200;
const lookMs = 1_000;

type Held = ReadonlyMap<string, Refusal>;

/** Up to where no contact that is sent comes twice: its versions must not be in flight together. */
const firstOfEach = (entries: readonly OutboxEntry[], held: Held): readonly OutboxEntry[] => {
  const seen = new Set<string>();
  for (const [index, { contact }] of entries.entries()) {
    if (seen.has(contact.id)) return entries.slice(0, index);
    if (!held.has(contact.id)) seen.add(contact.id);
  }
  return entries;
};

/** What became of an entry: sent, refused, waiting behind a refused one, or failed for a while. */
type Sending =
  | { readonly kind: 'sent' | 'waits' }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'failed'; readonly error: unknown };

const send = async ({ events }: RelayPorts, entry: OutboxEntry, held: Held): Promise<Sending> => {
  if (held.has(entry.contact.id)) return { kind: 'waits' };
  try {
    await events.publish(entry);
    return { kind: 'sent' };
  } catch (error) {
    const refusal = refusalOf(entry, error, new Date().toISOString());
    return refusal === null ? { kind: 'failed', error } : { kind: 'refused', refusal };
  }
};

/** How many entries the broker has and the outbox no longer, and whether more were seen there. */
export type Round = { readonly relayed: number; readonly hasMore: boolean };

/** The entries of a round that left the outbox, up to the first that stays, and how many of them the broker has. */
type Way = { readonly through: readonly OutboxEntry[]; readonly sent: number };

/**
 * Moves what was refused, and what waits behind it, out of the way, in order. A broker refuses a request whole, so whoever
 * was sent together with others is at fault only if it is refused alone.
 */
const makeWay = async (
  ports: RelayPorts,
  token: number,
  sendings: readonly (readonly [OutboxEntry, Sending])[],
  refused: RelayObserver['refused'],
): Promise<Way> => {
  const through: OutboxEntry[] = [];
  let sent = 0;
  for (const [entry, first] of sendings) {
    const isDoubtful = first.kind === 'refused' && sendings.length > 1;
    const sending = isDoubtful ? await send(ports, entry, new Map()) : first;
    if (sending.kind === 'failed') break;
    if (sending.kind === 'sent') sent += 1;
    else {
      const refusal = sending.kind === 'refused' ? sending.refusal : undefined;
      if ((await ports.outbox.held.setAside(token, entry, refusal)) !== 'aside') break;
      if (refusal) refused(entry.contact.id, refusal);
    }
    through.push(entry);
  }
  return { through, sent };
};

/**
 * One round of the relay (design rule 6): the oldest entries to Kafka, and out of the outbox those up to the first that
 * failed. One that can never go is set aside, and holds back its contact's later ones alone. A round that another relay
 * has overtaken removes none.
 *
 * @throws what the first entry failed with.
 */
export const relayRound = async (
  ports: RelayPorts,
  token: number,
  refused: RelayObserver['refused'] = () => undefined,
): Promise<Round> => {
  const { outbox } = ports;
  const seen = await outbox.read(roundSize);
  if (seen.length === 0) return { relayed: 0, hasMore: false };
  const held = await outbox.held.refusals();
  const entries = firstOfEach(seen, held);
  const sendings = await Promise.all(
    entries.map(async (entry) => [entry, await send(ports, entry, held)] as const),
  );
  const { through, sent } = await makeWay(ports, token, sendings, refused);
  const last = through.at(-1);
  const kept = last === undefined || !(await outbox.trim(token, last.id));
  const [, first] = sendings[0] ?? [];
  if (first?.kind === 'failed') throw first.error;
  return { relayed: kept ? 0 : sent, hasMore: through.length < seen.length || seen.length === roundSize };
};

/** Relays until it is stopped, whenever there are entries and the lease is its own; gives the lease up at the end. */
export const createOutboxRelay = (ports: RelayPorts, options: RelayOptions): BackgroundWork => {
  const { observer, retryMs, lingerMs = 10, retryHeldMs = 60_000 } = options;
  let lookedAt = Number.NEGATIVE_INFINITY;

  const look = async (): Promise<void> => {
    if (performance.now() - lookedAt < lookMs) return;
    lookedAt = performance.now();
    observer.waiting(await ports.outbox.size(), await ports.outbox.oldestAt());
    observer.held((await ports.outbox.held.refusals()).size);
  };

  let triedHeldAt = Number.NEGATIVE_INFINITY;
  const tryHeld = async (token: number): Promise<void> => {
    if (performance.now() - triedHeldAt < retryHeldMs) return;
    triedHeldAt = performance.now();
    observer.relayed(await retryHeld(ports, token));
  };

  /** Gives how long to wait before the next one. */
  const relay = async (): Promise<number> => {
    const token = await ports.outbox.lease();
    if (token === null) {
      observer.standsBy();
      return retryMs;
    }
    await look();
    await tryHeld(token);
    const { relayed, hasMore } = await relayRound(ports, token, observer.refused);
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
