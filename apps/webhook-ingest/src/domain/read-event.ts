import {
  AcmeContact,
  AcmeDeletion,
  eventHash,
  type FieldError,
  limits,
  WebhookEnvelope,
  type WebhookEvent,
} from '@contact-sync/domain';
import { compileCheck } from '@contact-sync/service-kit';

const checkEnvelope = compileCheck(WebhookEnvelope);
const checkContact = compileCheck(AcmeContact);
const checkDeletion = compileCheck(AcmeDeletion);

/** `contentHash` is over the event's canonical JSON: with the id it makes a delivery a repeat (design rule 1). */
export type ValidEvent = {
  readonly ok: true;
  readonly event: WebhookEvent;
  readonly eventId: string;
  readonly contentHash: string;
};

export type RefusedEvent = {
  readonly ok: false;
  readonly value: unknown;
  readonly eventId: string | undefined;
  readonly errors: readonly FieldError[];
};

const eventIdOf = (value: unknown): string | undefined => {
  const id = typeof value === 'object' && value !== null ? (value as { id?: unknown }).id : undefined;
  return typeof id === 'string' && id.length > 0 && id.length <= limits.idLength ? id : undefined;
};

const refuse = (value: unknown, place: string, errors: readonly FieldError[]): RefusedEvent => ({
  ok: false,
  value,
  eventId: eventIdOf(value),
  errors: errors.map((error) => ({ ...error, pointer: `${place}${error.pointer}` })),
});

/** Judges one item of a delivery by the webhook schema; every fault is reported with its pointer below `place`. */
export const readEvent = (value: unknown, place: string): ValidEvent | RefusedEvent => {
  const envelopeErrors = checkEnvelope(value);
  if (envelopeErrors.length > 0) return refuse(value, place, envelopeErrors);
  const event = value as WebhookEvent;
  const check = event.event === 'contact.deleted' ? checkDeletion : checkContact;
  const errors = check(event.data);
  if (errors.length > 0) return refuse(value, `${place}/data`, errors);
  return { ok: true, event, eventId: event.id, contentHash: eventHash(event) };
};
