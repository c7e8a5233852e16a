import type { Run } from '@contact-sync/api-contracts';
import type { Contact } from '@contact-sync/domain';
import type { AcmeView, HistoryLine } from './domain/oracle/views.ts';

/** What came of one POST. `none`: no connection, or no answer in time, so that it may have had its effect or not. */
export type PostAnswer =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'answer';
      readonly status: number;
      /** Of a problem+json body. */
      readonly code?: string;
      readonly duplicate: boolean;
      readonly retryAfterMs?: number;
    };

export type PostRequest = {
  readonly body: string;
  /** `wrong`: well-formed, but made with a secret that nobody knows. */
  readonly signature: 'right' | 'wrong';
  readonly signal: AbortSignal;
};

/** The one endpoint that AcmeCRM has been told of; which one is a setting of the process. */
export type WebhookEndpoint = {
  /** One attempt, signed for this moment. Follows no redirect. Never rejects because of the other side. */
  readonly post: (request: PostRequest) => Promise<PostAnswer>;
};

/** What the public API shows of contacts. Each call is one attempt and rejects with a retryable AppError if it fails. */
export type ContactReader = {
  /** Null where there is none, as for `contact` and `history`. */
  readonly acme: (contactId: string) => Promise<AcmeView | null>;
  readonly contact: (contactId: string) => Promise<Contact | null>;
  /** Every entry that is still kept, newest first. */
  readonly history: (contactId: string) => Promise<readonly HistoryLine[] | null>;
};

/** Where runs outlive the process, for a week. */
export type RunStore = {
  readonly save: (run: Run) => Promise<void>;
  readonly find: (id: string) => Promise<Run | undefined>;
};

export type Clock = {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Rejects as soon as the signal aborts. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
};
