import {
  AcmeContact,
  AcmeDeletion,
  compileCheck,
  EventType,
  eventHash,
  type FieldError,
  limits,
  normalizeRecord,
  toDateTime,
  WebhookEnvelope,
  type WebhookEvent,
} from '@contact-sync/domain';
import type { DeliveredItem } from './parse-body.ts';

const checkEnvelope = compileCheck(WebhookEnvelope);
const checkContact = compileCheck(AcmeContact);
const checkDeletion = compileCheck(AcmeDeletion);

/** `contentHash` is over the event's canonical JSON as it came: with the id it makes a delivery a repeat (design rule 1). */
export type ValidEvent = {
  readonly kind: 'valid';
  readonly event: WebhookEvent;
  readonly eventId: string;
  readonly contentHash: string;
};

/** An event of a type that we do not know: nobody's fault, and nothing to be done. */
export type IgnoredEvent = { readonly kind: 'ignored'; readonly eventId: string | undefined };

export type RefusedEvent = {
  readonly kind: 'refused';
  readonly reason: 'MALFORMED_BODY' | 'INVALID_BODY';
  readonly eventId: string | undefined;
  readonly errors: readonly FieldError[];
};

export type ReadEvent = ValidEvent | IgnoredEvent | RefusedEvent;

type Members = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const eventIdOf = (value: unknown): string | undefined => {
  const id = isObject(value) && Object.hasOwn(value, 'id') ? value['id'] : undefined;
  const isId = typeof id === 'string' && id.length > 0 && id.length <= limits.idLength;
  return isId && id.isWellFormed() && !id.includes('\u0000') ? id : undefined;
};

const knownTypes: ReadonlySet<unknown> = new Set(EventType.anyOf.map((type) => type.const));

const isOfUnknownType = (value: unknown): boolean =>
  isObject(value) && typeof value['event'] === 'string' && !knownTypes.has(value['event']);

/** Book-keeping in one spelling, before it is judged (design section 2, "What we take, and how"). */
const normalized = (value: unknown): unknown => {
  if (!isObject(value)) return value;
  const { timestamp, data } = value;
  return {
    ...value,
    ...(typeof timestamp === 'string' && { timestamp: toDateTime(timestamp) ?? timestamp }),
    ...(isObject(data) && { data: normalizeRecord(data) }),
  };
};

const faultsOf = (event: unknown): readonly FieldError[] => {
  const faults = checkEnvelope(event);
  if (faults.length > 0) return faults;
  // The envelope is sound, so it has data of one of the two shapes.
  const { event: type, data } = event as WebhookEnvelope;
  const inData = type === 'contact.deleted' ? checkDeletion(data) : checkContact(data);
  return inData.map((fault) => ({ ...fault, pointer: `/data${fault.pointer}` }));
};

/** Judges one item of a delivery by the webhook schema; every fault is reported with its pointer from the body's root. */
export const readEvent = ({ value, place, faults }: DeliveredItem): ReadEvent => {
  const eventId = eventIdOf(value);
  if (isOfUnknownType(value)) return { kind: 'ignored', eventId };
  if (faults.length > 0) return { kind: 'refused', reason: 'MALFORMED_BODY', eventId, errors: faults };
  const event = normalized(value);
  const errors = faultsOf(event).map((fault) => ({ ...fault, pointer: `${place}${fault.pointer}` }));
  if (errors.length > 0) return { kind: 'refused', reason: 'INVALID_BODY', eventId, errors };
  const valid = event as WebhookEvent;
  return { kind: 'valid', event: valid, eventId: valid.id, contentHash: eventHash(value) };
};
