import type { App } from '@contact-sync/service-kit';
import type { ContactStore } from '../../ports.ts';
import { readMirror } from '../../use-cases/read-contacts.ts';
import { AcmeView, ContactParams } from './schemas.ts';

/** `GET /api/v1/contacts/{id}/acme`: AcmeCRM's record as last received, unknown members included. */
export const getAcmeRoute = async (app: App, { store }: { store: ContactStore }): Promise<void> => {
  app.get(
    '/:id/acme',
    {
      config: { permission: 'contacts:read' },
      schema: {
        description: 'The contact as AcmeCRM has it.',
        params: ContactParams,
        response: { 200: AcmeView },
      },
    },
    async (request, reply) => {
      const { sourceId, sourceVersion, deleted, takenAt, record } = await readMirror(
        store,
        request.params.id,
      );
      return reply.serializer(JSON.stringify).send({ sourceId, sourceVersion, deleted, takenAt, record });
    },
  );
};
