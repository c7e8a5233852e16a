import { contactIdOfAcme, parseJson } from '@contact-sync/domain';
import { fingerprintOf, type LogRecord, type QuarantinedDelivery } from '@contact-sync/kafka';
import type { Letter } from './letter.ts';
import { letterIdOf } from './letter-id.ts';

/** Whose record the bytes are, where that can be read: what the person asks to have erased is found by it. */
const contactOf = (body: Buffer): { readonly contactId?: string } => {
  try {
    const { data } = parseJson(body.toString()) as { readonly data?: { readonly id?: unknown } };
    return typeof data?.id === 'string' && data.id !== '' ? { contactId: contactIdOfAcme(data.id) } : {};
  } catch {
    return {};
  }
};

/** A refused delivery as a letter; undefined `delivery` where the record cannot be read. */
export const readQuarantined = (record: LogRecord, delivery: QuarantinedDelivery | undefined): Letter => {
  const { topic, partition, offset, timestamp } = record;
  const code = delivery?.reason ?? 'UNDECODABLE';
  const pointer = delivery?.errors[0]?.pointer;
  const stage = delivery === undefined ? 'decode' : 'validate';
  return {
    id: letterIdOf(record),
    kind: 'quarantined',
    origin: { topic, partition, offset, timestamp },
    place: { topic, partition, offset },
    at: timestamp,
    stage,
    code,
    ...(pointer !== undefined && { pointer: pointer.slice(0, 256) }),
    fingerprint: fingerprintOf({ stage, code, ...(pointer !== undefined && { pointer }) }),
    ...(delivery === undefined ? {} : contactOf(delivery.body)),
    ...(delivery?.eventId !== undefined && { eventId: delivery.eventId }),
    attempts: 1,
    ...(delivery !== undefined && {
      firstFailureAt: delivery.receivedAt,
      lastFailureAt: delivery.receivedAt,
    }),
    replays: 0,
  };
};
