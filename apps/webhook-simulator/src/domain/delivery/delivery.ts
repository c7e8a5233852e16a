import type { SimulatedEvent } from '../acme/event.ts';

/** Who signs: the secrets that count now, all or one of them; a secret that nobody knows, alone or beside them. */
export type Signer = 'active' | 'newest' | 'unknown' | 'unknown and active' | 'nobody';

/** How a delivery is made, where it is not as it ought to be. */
export type Manner = {
  /** `active` by default. */
  readonly signer?: Signer;
  /** By how much the time that is signed is off, in seconds. */
  readonly clockSkewSeconds?: number;
  /** Instead of the time of the attempt; null for no such header. */
  readonly timestamp?: string | null;
  /** What is done to the body after it was signed. */
  readonly tamper?: (body: string) => string;
  /** The body comes in pieces over this time, in ms. */
  readonly trickleMs?: number;
  /** The first attempt's connection is cut as soon as the body is sent. */
  readonly reset?: true;
  /** How long the sender tries, in ms; a minute by default. */
  readonly patienceMs?: number;
};

/**
 * A skew that puts an attempt outside of the window of five minutes (design rule 1), with a minute to spare: a time ahead
 * comes nearer while the attempt is on its way.
 */
export const skewBeyondWindow = 360;

/** The answer that a delivery must get. */
export type Expected =
  | { readonly kind: 'accepted' /** Items of an array that are refused. */; readonly refusedItems?: number }
  | { readonly kind: 'ignored' }
  | { readonly kind: 'refused'; readonly status: number; readonly code: string };

/** One POST to make, with its repeats until it is answered. */
export type Delivery = {
  /** Ms after the begin of the run. */
  readonly at: number;
  /** What is true once it is answered 2xx. */
  readonly events: readonly SimulatedEvent[];
  /** What it speaks of, whether it ought to be believed or not. */
  readonly about: SimulatedEvent;
  /** Whether its events were sent before. */
  readonly repeat?: true;
  /** Made when it is sent: a run holds thousands. */
  readonly body: () => string;
  readonly manner: Manner;
  readonly expected: Expected;
};

const ACCEPTED: Expected = { kind: 'accepted' };

/** The delivery of one event as AcmeCRM makes it. */
export const tell = (event: SimulatedEvent, at: number, manner: Manner = {}): Delivery => ({
  at,
  events: [event],
  about: event,
  body: () => JSON.stringify(event.webhook),
  manner,
  expected: ACCEPTED,
});

/** The same again. */
export const tellAgain = (event: SimulatedEvent, at: number): Delivery => ({
  ...tell(event, at),
  repeat: true,
});

/** A delivery that must not be believed, and how it must be answered. */
export const plant = (
  about: SimulatedEvent,
  at: number,
  { expected, ...rest }: { readonly expected: Expected } & Partial<Pick<Delivery, 'body' | 'manner'>>,
): Delivery => ({ ...tell(about, at), events: [], expected, ...rest });

/** `refused` with this status and code. */
export const refusedWith = (status: number, code: string): Expected => ({ kind: 'refused', status, code });
