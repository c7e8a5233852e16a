import { acmeContactCreated, acmeContactDeleted, acmeContactUpdated } from './acme-contact.ts';
import {
  integrationContactCreated,
  integrationContactDeleted,
  integrationContactUpdated,
} from './integration-contact.ts';
import type { TopicReader } from './topic-contract.ts';
import { webhookQuarantine } from './webhook-quarantine.ts';

/** The topics that carry AcmeCRM's events; what event-worker consumes. */
export const sourceEventContracts = [acmeContactCreated, acmeContactUpdated, acmeContactDeleted] as const;

/** The topics that carry the integration store's events; what contact-service's relay produces. */
export const integrationEventContracts = [
  integrationContactCreated,
  integrationContactUpdated,
  integrationContactDeleted,
] as const;

/** Every topic that has a schema of its own. */
export const allContracts: readonly TopicReader<unknown>[] = [
  ...sourceEventContracts,
  ...integrationEventContracts,
  webhookQuarantine,
];
