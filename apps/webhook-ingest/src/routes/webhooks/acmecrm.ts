import { limits } from '@contact-sync/domain';
import type { App } from '@contact-sync/service-kit';
import { type Static, Type } from 'typebox';
import type { IngestPorts } from '../../ports.ts';
import { acceptDelivery, type DeliveryOutcome, type ItemOutcome } from '../../use-cases/accept-delivery.ts';
import { type AdmissionLimits, createAdmission } from './admission.ts';
import { DeliveryReceipt, EventReceipt } from './schemas.ts';

const fateOf = (eventId: string): string => `/api/v1/events/${encodeURIComponent(eventId)}`;

type Answer = {
  status: 200 | 202;
  location?: string;
  body: Static<typeof EventReceipt> | Static<typeof DeliveryReceipt>;
};

const answerTo = ({ single, outcomes: [...outcomes] }: DeliveryOutcome): Answer => {
  const [first] = outcomes;
  if (!single || first?.eventId === undefined)
    return { status: 202, body: { results: outcomes.map(toResult) } };
  const location = fateOf(first.eventId);
  return first.status === 'duplicate'
    ? { status: 200, location, body: { eventId: first.eventId, duplicate: true } }
    : { status: 202, location, body: { eventId: first.eventId } };
};

const toResult = (outcome: ItemOutcome): Static<typeof DeliveryReceipt>['results'][number] =>
  outcome.status === 'refused' ? { ...outcome, errors: [...outcome.errors] } : outcome;

/** `POST /webhooks/acmecrm`: design section 2, "Webhook", answered as rule 1 says. */
export const acmecrmRoute = async (
  app: App,
  { ports, admission }: { ports: IngestPorts; admission: AdmissionLimits },
): Promise<void> => {
  // Verified over the bytes as they came, so nothing may parse them before.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  );
  app.post(
    '/webhooks/acmecrm',
    {
      config: { public: true },
      bodyLimit: limits.deliveryBytes,
      onRequest: createAdmission(admission),
      schema: {
        description: 'Signed AcmeCRM webhooks, one event or an array of up to 100.',
        response: { 200: EventReceipt, 202: Type.Union([EventReceipt, DeliveryReceipt]) },
      },
    },
    async (request, reply) => {
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const answer = answerTo(
        await acceptDelivery(ports, { headers: request.headers, rawHeaders: request.raw.rawHeaders, body }),
      );
      if (answer.location) reply.header('location', answer.location);
      return reply.code(answer.status).serializer(JSON.stringify).send(answer.body);
    },
  );
};
