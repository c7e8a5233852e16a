import { type ApplyResult, EventId, SourceEnvelope } from '@contact-sync/domain';
import { compileCheck } from '@contact-sync/service-kit';
import type { Static } from 'typebox';
import { type ApplyPorts, applyEvents } from './apply-events.ts';

type Envelope = Static<typeof SourceEnvelope>;

const checkEnvelope = compileCheck(SourceEnvelope);
const checkEventId = compileCheck(EventId);

/** Stands for the id of an item that has none which an answer could name. */
const unknownId = 'unknown';

const eventIdOf = (item: unknown): string => {
  const eventId = typeof item === 'object' && item !== null && 'eventId' in item ? item.eventId : undefined;
  return typeof eventId === 'string' && checkEventId(eventId).length === 0 ? eventId : unknownId;
};

const refusalOf = (item: unknown): ApplyResult | null => {
  const [fault] = checkEnvelope(item);
  if (fault === undefined) return null;
  return { eventId: eventIdOf(item), code: 'INVALID_EVENT', retryable: false, pointer: fault.pointer };
};

/**
 * Applies what of a batch are events, and refuses every other item by itself (design rule 2): one result an item, in the
 * batch's order.
 *
 * @throws {AppError} as {@link applyEvents} says.
 */
export const applyItems = async (
  ports: ApplyPorts,
  items: readonly unknown[],
  options: { readonly dryRun: boolean },
): Promise<ApplyResult[]> => {
  const refusals = items.map(refusalOf);
  // What is not refused is what the type says.
  const events = items.filter((_, index) => refusals[index] === null) as Envelope[];
  const applied = (await applyEvents(ports, events, options)).values();
  return refusals.map((refusal) => refusal ?? (applied.next().value as ApplyResult));
};
