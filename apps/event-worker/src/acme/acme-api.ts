/** A record as AcmeCRM shows it: who and which version it is; its other members are for contact-service to judge. */
export type AcmeShown = {
  readonly id: string;
  readonly acme_version: number;
  readonly [member: string]: unknown;
};

/** Members by AcmeCRM's names. */
export type AcmeMembers = Readonly<Record<string, unknown>>;

/** AcmeCRM takes nothing now, whoever asks, or does not say what it did. */
export type AcmeTrouble =
  | { readonly kind: 'unavailable'; readonly why: string }
  /** It does not know our key, or the key does not do for this. */
  | { readonly kind: 'unauthorised'; readonly status: number }
  /** Not before so many milliseconds, from any copy of ours. */
  | { readonly kind: 'limited'; readonly retryAfterMs: number };

/** What AcmeCRM says to a request about one contact. A deletion of ours is answered as one of others is found. */
export type AcmeAnswer =
  | { readonly kind: 'record'; readonly record: AcmeShown }
  | { readonly kind: 'deleted'; readonly version: number }
  /** It is at another version than the one that was named. */
  | { readonly kind: 'stale' }
  | { readonly kind: 'missing' }
  /** The external id is that of this contact. */
  | { readonly kind: 'taken'; readonly acmeId: string }
  /** It never does this; the pointer is AcmeCRM's, where it told a plain one. */
  | { readonly kind: 'refused'; readonly status: number; readonly pointer?: string }
  | AcmeTrouble;

export type AcmeDeleted = {
  readonly id: string;
  readonly acme_version: number;
  readonly acme_deleted: true;
};

export type AcmeListAnswer =
  | {
      readonly kind: 'page';
      readonly items: readonly (AcmeShown | AcmeDeleted)[];
      readonly nextCursor?: string;
    }
  | AcmeTrouble;

export type AcmeListQuery = {
  /** RFC 3339. */
  readonly updatedSince?: string;
  readonly cursor?: string;
  /** Items on a page. */
  readonly limit: number;
};

/**
 * AcmeCRM's REST API (design section 6). Every request takes its turn at our rate and ends within a time-out; none is
 * repeated. Whatever AcmeCRM says or does not say is an answer.
 *
 * @throws {AppError} DEPENDENCY_UNAVAILABLE, retryable, where Redis does not tell whose turn it is.
 */
export interface AcmeApi {
  find(id: string, signal: AbortSignal): Promise<AcmeAnswer>;
  /** A repeat with the same key makes nothing more. */
  create(record: AcmeMembers, idempotencyKey: string, signal: AbortSignal): Promise<AcmeAnswer>;
  /** Null empties a member. */
  patch(id: string, ifVersion: number, changes: AcmeMembers, signal: AbortSignal): Promise<AcmeAnswer>;
  remove(id: string, ifVersion: number, signal: AbortSignal): Promise<AcmeAnswer>;
  list(query: AcmeListQuery, signal: AbortSignal): Promise<AcmeListAnswer>;
}

/** Whose turn it is to ask AcmeCRM, over all copies. @throws {AppError} DEPENDENCY_UNAVAILABLE, retryable. */
export interface AcmeTurns {
  /** Takes a turn, or says how long there is none, in milliseconds, and whether AcmeCRM said so. */
  take(): Promise<
    { readonly taken: true } | { readonly taken: false; readonly waitMs: number; readonly told: boolean }
  >;
  /** AcmeCRM wants to be left alone for so many milliseconds. */
  leaveAlone(ms: number): Promise<void>;
}
