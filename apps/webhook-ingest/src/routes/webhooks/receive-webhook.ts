import type { AnswerBodyOf, AnswerOf, webhookRoutes } from '@contact-sync/api-contracts';
import type { RouteHandler } from '@contact-sync/service-kit';
import type { IngestPorts } from '../../ports.ts';
import { acceptDelivery, type DeliveryOutcome, type ItemOutcome } from '../../use-cases/accept-delivery.ts';

type ReceiveWebhook = typeof webhookRoutes.receiveWebhook;
type Answer = AnswerOf<ReceiveWebhook>;
type Result = Extract<AnswerBodyOf<ReceiveWebhook, 202>, { results: unknown }>['results'][number];

/** What a path holds as it is: others could be normalised away, decoded twice or cut by a proxy (RFC 3986 section 2.3). */
const plainSegment = /^(?!\.{1,2}$)[\w.~-]{1,100}$/;

/** Where an event's fate can be read. */
const fateOf = (eventId: string): string =>
  plainSegment.test(eventId)
    ? `/api/v1/events/${eventId}`
    : `/api/v1/events?id=${encodeURIComponent(eventId)}`;

const toResult = (outcome: ItemOutcome): Result =>
  outcome.status === 'refused' ? { ...outcome, errors: [...outcome.errors] } : outcome;

const answerToEvent = (outcome: ItemOutcome): Answer => {
  const { eventId, status } = outcome;
  const id = eventId === undefined ? {} : { eventId };
  if (status === 'ignored' || eventId === undefined)
    return { status: 200, headers: {}, body: { ...id, ignored: true } };
  const headers = { location: fateOf(eventId) };
  return status === 'duplicate'
    ? { status: 200, headers, body: { eventId, duplicate: true } }
    : { status: 202, headers, body: { eventId } };
};

const answerTo = ({ single, outcomes }: DeliveryOutcome): Answer => {
  const [first] = outcomes;
  if (single && first) return answerToEvent(first);
  return { status: 202, headers: {}, body: { results: outcomes.map(toResult) } };
};

/** A line of the log names as many events of one delivery. */
const MAX_NAMED = 10;

/** By which lines about an event are found. */
const namesOf = ({ outcomes }: DeliveryOutcome) => ({
  eventIds: outcomes.slice(0, MAX_NAMED).flatMap(({ eventId }) => eventId ?? []),
});

/** Design section 2, "Webhook", answered as rule 1 says. */
export const receiveWebhook =
  (ports: IngestPorts): RouteHandler<ReceiveWebhook> =>
  async (request) => {
    const { headers, raw, body } = request;
    const delivery = await acceptDelivery(ports, { headers, rawHeaders: raw.rawHeaders, body });
    request.logged = { ...request.logged, ...namesOf(delivery) };
    return answerTo(delivery);
  };
