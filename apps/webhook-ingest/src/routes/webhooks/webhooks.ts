import type { webhookRoutes } from '@contact-sync/api-contracts';
import type { RouteHandlers, RouteHooks } from '@contact-sync/service-kit';
import type { IngestPorts } from '../../ports.ts';
import { type AdmissionLimits, createAdmission, letFinishSending } from './admission.ts';
import { receiveWebhook } from './receive-webhook.ts';

/** `/webhooks/acmecrm`. */
export const webhookHandlers = (ports: IngestPorts): RouteHandlers<typeof webhookRoutes> => ({
  receiveWebhook: receiveWebhook(ports),
});

/** Deliveries are bounded while their bodies arrive. */
export const webhookHooks = (admission: AdmissionLimits): RouteHooks<typeof webhookRoutes> => ({
  receiveWebhook: { preParsing: createAdmission(admission), errorHandler: letFinishSending },
});
