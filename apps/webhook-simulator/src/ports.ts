import type { Fates, LoggedDelivery, Run } from '@contact-sync/api-contracts';
import type { Contact } from '@contact-sync/domain';
import type { Manner } from './domain/delivery/delivery.ts';
import type { AcmeView, HistoryLine } from './domain/oracle/views.ts';
import type { LocalEdit } from './domain/scenario/scenario.ts';

/** What came of one POST. `none`: no connection, or no answer in time, so that it may have had its effect or not. */
export type PostAnswer =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'answer';
      readonly status: number;
      /** Of a problem+json body. */
      readonly code?: string;
      readonly duplicate: boolean;
      readonly ignored: boolean;
      /** Items of an array that were refused. */
      readonly refusedItems: number;
      readonly retryAfterMs?: number;
    };

export type PostRequest = {
  readonly body: string;
  /** Of the event, where the signature's scheme names it. */
  readonly messageId: string;
  readonly manner: Manner;
  /** From 1. */
  readonly attempt: number;
  readonly signal: AbortSignal;
};

/** The one endpoint that AcmeCRM has been told of; which one is a setting of the process. */
export type WebhookEndpoint = {
  /** One attempt, signed for this moment. Follows no redirect. Never rejects because of the other side. */
  readonly post: (request: PostRequest) => Promise<PostAnswer>;
};

/** Where deliveries may go. */
export type Targets = {
  /** The first by default. */
  readonly names: readonly [string, ...string[]];
  /** Undefined for whatever is not among the names. */
  readonly endpointOf: (name: string) => WebhookEndpoint | undefined;
};

/** What the public API shows of contacts. Each call is one attempt and rejects with a retryable AppError if it fails. */
export type ContactReader = {
  /** Null where there is none, as for `contact` and `history`. */
  readonly acme: (contactId: string) => Promise<AcmeView | null>;
  readonly contact: (contactId: string) => Promise<Contact | null>;
  /** Every entry that is still kept, newest first. */
  readonly history: (contactId: string) => Promise<readonly HistoryLine[] | null>;
  /** The ids of contacts of which the conflict inbox says that nothing is written to AcmeCRM any more. */
  readonly frozen: () => Promise<ReadonlySet<string>>;
};

/** The first fate of each content that came under an event id; null for one that is under way. */
export type EventFates = ReadonlyMap<string, readonly (keyof Fates | null)[]>;

/** What became of events, as the public API tells. */
export type FateReader = {
  /** One attempt for up to 100 ids; rejects with a retryable AppError if it fails. Undefined where the API has no such route. */
  readonly lookUp: (eventIds: readonly string[]) => Promise<EventFates | undefined>;
};

/** Edits contacts through the public API, as people on our side do. Each rejects with a retryable AppError where it may be tried again. */
export type ContactEditor = {
  /** `absent`: not there, or deleted. */
  readonly edit: (edit: Pick<LocalEdit, 'contactId' | 'field' | 'value'>) => Promise<'made' | 'absent'>;
  /** Makes a contact, once for a key, and gives its id. */
  readonly create: (members: Readonly<Record<string, unknown>>, key: string) => Promise<string>;
  /** Its id in AcmeCRM; undefined where it has none yet. */
  readonly sourceIdOf: (contactId: string) => Promise<string | undefined>;
};

/** Where runs outlive the process, for a week. */
export type RunStore = {
  readonly save: (run: Run) => Promise<void>;
  readonly find: (id: string) => Promise<Run | undefined>;
  /** Newest first, of the newest 500; `before` is the id of the last one seen. */
  readonly list: (page: { readonly limit: number; readonly before?: string }) => Promise<readonly Run[]>;
  /** Tells whoever plays it. */
  readonly requestStop: (id: string) => Promise<void>;
  readonly isStopRequested: (id: string) => Promise<boolean>;
};

export type Clock = {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Rejects as soon as the signal aborts. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
};

/** What was sent, what was answered, and how long that took. */
export type DeliveryLog = {
  /** Never waits and never fails: what cannot be stored is counted. */
  readonly add: (delivery: LoggedDelivery) => void;
  readonly find: (id: string) => Promise<LoggedDelivery | undefined>;
  /** Newest first; short pages may have a `next`. */
  readonly list: (query: DeliveryQuery) => Promise<{
    readonly deliveries: readonly LoggedDelivery[];
    readonly next?: string;
  }>;
  /** Oldest first, from behind that id on, or from the first that is kept. */
  readonly since: (id: string | undefined, limit: number) => Promise<readonly LoggedDelivery[]>;
  /** The id behind which `since` finds what comes from now on. */
  readonly newest: () => Promise<string | undefined>;
  readonly close: () => Promise<void>;
};

export type DeliveryQuery = {
  readonly limit: number;
  readonly before?: string;
  readonly isWanted: (delivery: LoggedDelivery) => boolean;
};
