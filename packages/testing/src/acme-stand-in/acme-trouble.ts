/** A request to the stand-in, as it came. */
export type AcmeAsked = {
  readonly method: string;
  /** Absent where the request names no contact: the list and the creation. */
  readonly id?: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Readonly<Record<string, unknown>>;
  /** Milliseconds since the epoch. */
  readonly at: number;
};

/** What goes wrong with one request; the effect is what it does to the contact. */
export type AcmeTrouble =
  /** This answer and no effect. */
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** The connection ends without an answer, before the effect or after it. */
  | { readonly kind: 'cut'; readonly effect: 'none' | 'done' }
  /** No answer ever. */
  | { readonly kind: 'silent'; readonly effect: 'none' | 'done' }
  /** The effect is done at once, and its answer waits for this. */
  | { readonly kind: 'held'; readonly until: Promise<unknown> };

/** 429, to be tried again after so many seconds. */
export const limited = (retryAfterSeconds: number): AcmeTrouble => ({
  kind: 'answer',
  status: 429,
  headers: { 'retry-after': String(retryAfterSeconds) },
});
