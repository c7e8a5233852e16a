import type { deliveryReplayRoutes } from '@contact-sync/api-contracts';
import type { RouteHandlers } from '@contact-sync/service-kit';
import type { IngestPorts } from '../ports.ts';
import { replayDelivery } from '../use-cases/replay-delivery.ts';

const unknownSecret = 'unknown';

/** `/internal/replays` (design rule 9): quarantined deliveries on their way again. */
export const replayHandlers = (ports: IngestPorts): RouteHandlers<typeof deliveryReplayRoutes> => ({
  replayDelivery: async ({ body: { body, receivedAt, secretId = unknownSecret, dryRun = false } }) => {
    const delivery = { body: Buffer.from(body, 'base64'), receivedAt, secretId, dryRun };
    return { status: 200, body: { results: [...(await replayDelivery(ports, delivery))] } };
  },
});
