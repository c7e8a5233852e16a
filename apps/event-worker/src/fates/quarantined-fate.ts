import { createHash } from 'node:crypto';
import type { QuarantinedDelivery } from '@contact-sync/kafka';
import type { FateRecord, Place } from './fate-record.ts';

/** The same bytes that are refused again are one content. */
const contentOf = (body: Buffer): string => createHash('sha256').update(body).digest('base64url');

/**
 * A refused item of an array is a dead letter among fates (contracts.md, "Quarantine"): its array was answered 2xx.
 * Undefined for one without a readable event id, which nobody could ask for.
 */
export const quarantinedFate = (delivery: QuarantinedDelivery, origin: Place): FateRecord | undefined => {
  const { eventId, receivedAt, secretId, reason, errors, body } = delivery;
  if (eventId === undefined) return undefined;
  const pointer = errors[0]?.pointer;
  return {
    eventId,
    content: contentOf(body),
    at: Date.parse(receivedAt),
    receivedAt,
    ...(secretId !== undefined && { secretId }),
    origin,
    outcome: 'dead_letter',
    fault: { stage: 'validate', code: reason, ...(pointer !== undefined && { pointer }) },
  };
};
