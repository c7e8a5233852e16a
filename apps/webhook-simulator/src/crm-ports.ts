import type { AcmeConduct } from '@contact-sync/api-contracts';
import type { Webhook } from './domain/acme/event.ts';
import type { CrmContact } from './domain/crm/crm-contact.ts';

/** A contact as AcmeCRM's store has it; `text` says whether it still is. */
export type StoredCrmContact = { readonly text: string; readonly contact: CrmContact };

export type CrmWrite = {
  /** As it was read; absent for a new one. */
  readonly before?: StoredCrmContact;
  readonly contact: CrmContact;
  /** The webhook that tells of it, written with it. */
  readonly event: Webhook;
  /** Of the request, kept for a day. */
  readonly answer?: { readonly key: string; readonly bodyHash: string };
};

/** `moved`: it is not as it was read any more, or, for a new one, it is there. */
export type CrmWritten =
  | { readonly kind: 'written' | 'moved' | 'full' }
  | { readonly kind: 'taken'; readonly id: string };

/** AcmeCRM's contacts. What a write writes is written together or not at all. */
export type CrmStore = {
  readonly find: (id: string) => Promise<StoredCrmContact | undefined>;
  readonly answerOf: (
    key: string,
  ) => Promise<{ readonly bodyHash: string; readonly contact: CrmContact } | undefined>;
  readonly write: (write: CrmWrite) => Promise<CrmWritten>;
  /** By the time of the last change (`from` in ms since 1970) and id; `after` is the `next` of the page before. */
  readonly list: (page: {
    readonly from: number;
    readonly after?: string;
    readonly limit: number;
  }) => Promise<{ readonly contacts: readonly CrmContact[]; readonly next?: string }>;
};

export type WaitingWebhook = {
  readonly id: string;
  readonly eventId: string;
  readonly acmeId: string;
  readonly body: string;
};

/** Webhooks of changes in AcmeCRM that wait to be sent, at least once each, whatever copy ends. */
export type CrmEvents = {
  /** Up to so many, which are this copy's from now on. */
  readonly take: (count: number) => Promise<readonly WaitingWebhook[]>;
  readonly done: (id: string) => Promise<void>;
};

/** How AcmeCRM behaves beside what its API promises, alike in every copy. */
export type CrmConduct = {
  /** Empty where it does as it ought to. */
  readonly current: () => Promise<AcmeConduct>;
  /** For so many seconds, in place of what was set before. Webhooks are counted anew. */
  readonly set: (conduct: AcmeConduct, seconds: number) => Promise<void>;
  /** Counts a webhook: how AcmeCRM behaves at that moment, and which webhook this is under that conduct, from 1. */
  readonly atWebhook: () => Promise<{ readonly conduct: AcmeConduct; readonly nth: number }>;
};
