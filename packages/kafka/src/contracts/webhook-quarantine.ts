import type { ErrorCode } from '@contact-sync/domain';
import { errorCodes } from '@contact-sync/domain';
import {
  type AcmeWebhookQuarantineV1,
  acmeWebhookQuarantineV1Schema,
} from '../generated/acme-webhook-quarantine-v1.ts';
import { oneOf, orNull, withoutNulls } from './record-fields.ts';
import { defineContract } from './topic-contract.ts';

/** A signed delivery, or one item of it, that was refused for good, with all that a replay or an operator needs. */
export type QuarantinedDelivery = {
  quarantineId: string;
  /** RFC 3339. */
  receivedAt: string;
  source: string;
  reason: ErrorCode;
  errors: { pointer: string; detail: string; code?: string }[];
  /** The raw bytes as received: the whole body, or those of the one item. */
  body: Buffer;
  /** Which item of the delivered array; absent: the whole delivery. */
  itemIndex?: number;
  eventId?: string;
  secretId?: string;
  /** The headers that are kept (an allow-list), names in lower case. */
  headers: Record<string, string>;
};

export const webhookQuarantine = defineContract<QuarantinedDelivery, AcmeWebhookQuarantineV1>({
  topic: 'acme.webhook.quarantine.v1',
  schema: acmeWebhookQuarantineV1Schema,
  keyOf: (delivery) => delivery.quarantineId,
  headersOf: (delivery) => ({
    ...(delivery.eventId === undefined ? {} : { 'event-id': delivery.eventId }),
    ...(delivery.secretId === undefined ? {} : { 'secret-id': delivery.secretId }),
  }),
  toRecord: (delivery) => ({
    ...delivery,
    errors: delivery.errors.map((fault) => ({ ...fault, code: orNull(fault.code) })),
    itemIndex: orNull(delivery.itemIndex),
    eventId: orNull(delivery.eventId),
    secretId: orNull(delivery.secretId),
  }),
  fromRecord: (record) => ({
    ...withoutNulls(record),
    reason: oneOf(errorCodes, record.reason, '/reason'),
    errors: record.errors.map(withoutNulls),
  }),
});
