import { ApplyRequest, ApplyResult } from '@contact-sync/domain';
import { type App, readAsJson } from '@contact-sync/service-kit';
import { Type } from 'typebox';
import type { ApplyPorts } from '../../use-cases/apply-events.ts';
import { applyItems } from '../../use-cases/apply-items.ts';

// 200 full records with every field at its limit and custom fields to match.
const MAX_APPLY_BYTES = 16 * 1_048_576;

/** `POST /internal/contacts/apply` (contracts.md): 200 with an outcome an item, in order, also for one that is no event. */
export const applyRoute = async (app: App, { ports }: { ports: ApplyPorts }): Promise<void> => {
  // What AcmeCRM wrote is stored and shown as it came, and does not grow on the way.
  app.removeContentTypeParser('application/json');
  readAsJson(app, 'application/json', { numbers: 'as spelled' });
  app.post(
    '/internal/contacts/apply',
    {
      config: { permission: 'contacts:apply' },
      bodyLimit: MAX_APPLY_BYTES,
      schema: {
        description: 'Applies events of AcmeCRM; for event-worker only.',
        querystring: Type.Object(
          { dryRun: Type.Boolean({ default: false }) },
          { additionalProperties: false },
        ),
        body: ApplyRequest,
        response: { 200: Type.Object({ results: Type.Array(ApplyResult) }) },
      },
    },
    async (request, reply) => {
      const results = await applyItems(ports, request.body.events, { dryRun: request.query.dryRun });
      return reply.serializer(JSON.stringify).send({ results });
    },
  );
};
