import { limits } from '@contact-sync/domain';
import type { App } from '@contact-sync/service-kit';
import { type Static, Type } from 'typebox';
import type { IngestPorts } from '../../ports.ts';
import { acceptDelivery, type DeliveryOutcome, type ItemOutcome } from '../../use-cases/accept-delivery.ts';
import { type AdmissionLimits, createAdmission, letFinishSending } from './admission.ts';
import { DeliveryReceipt, EventReceipt } from './schemas.ts';

/** What a path holds as it is: others could be normalised away, decoded twice or cut by a proxy (RFC 3986 section 2.3). */
const plainSegment = /^(?!\.{1,2}$)[\w.~-]{1,100}$/;

/** Where an event's fate can be read. */
const fateOf = (eventId: string): string =>
  plainSegment.test(eventId)
    ? `/api/v1/events/${eventId}`
    : `/api/v1/events?id=${encodeURIComponent(eventId)}`;

type Answer = {
  status: 200 | 202;
  location?: string;
  body: Static<typeof EventReceipt> | Static<typeof DeliveryReceipt>;
};

const toResult = (outcome: ItemOutcome): Static<typeof DeliveryReceipt>['results'][number] =>
  outcome.status === 'refused' ? { ...outcome, errors: [...outcome.errors] } : outcome;

const answerToEvent = (outcome: ItemOutcome): Answer => {
  const { eventId, status } = outcome;
  const id = eventId === undefined ? {} : { eventId };
  if (status === 'ignored' || eventId === undefined) return { status: 200, body: { ...id, ignored: true } };
  const location = fateOf(eventId);
  return status === 'duplicate'
    ? { status: 200, location, body: { eventId, duplicate: true } }
    : { status: 202, location, body: { eventId } };
};

const answerTo = ({ single, outcomes }: DeliveryOutcome): Answer => {
  const [first] = outcomes;
  return single && first ? answerToEvent(first) : { status: 202, body: { results: outcomes.map(toResult) } };
};

/** `POST /webhooks/acmecrm`, with or without a slash: design section 2, "Webhook", answered as rule 1 says. */
export const acmecrmRoute = async (
  app: App,
  { ports, admission }: { ports: IngestPorts; admission: AdmissionLimits },
): Promise<void> => {
  // Verified over the bytes as they came, so nothing may parse them before.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  );
  const preParsing = createAdmission(admission);
  for (const url of ['/webhooks/acmecrm', '/webhooks/acmecrm/']) {
    app.post(
      url,
      {
        config: { public: true },
        bodyLimit: limits.deliveryBytes,
        preParsing,
        errorHandler: letFinishSending,
        schema: {
          description: 'Signed AcmeCRM webhooks, one event or an array of up to 100.',
          response: { 200: EventReceipt, 202: Type.Union([EventReceipt, DeliveryReceipt]) },
        },
      },
      async (request, reply) => {
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const { headers, raw } = request;
        const answer = answerTo(await acceptDelivery(ports, { headers, rawHeaders: raw.rawHeaders, body }));
        if (answer.location) reply.header('location', answer.location);
        return reply.code(answer.status).serializer(JSON.stringify).send(answer.body);
      },
    );
  }
};
