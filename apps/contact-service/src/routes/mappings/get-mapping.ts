import type { CompiledMapping } from '@contact-sync/field-mapper';
import type { App } from '@contact-sync/service-kit';
import { CurrentMapping } from './schemas.ts';

/** `GET /api/v1/mappings`: the field mapping in force. */
export const getMappingRoute = async (app: App, { mapping }: { mapping: CompiledMapping }): Promise<void> => {
  app.get(
    '/',
    {
      config: { permission: 'mappings:read' },
      schema: { description: 'The field mapping in force.', response: { 200: CurrentMapping } },
    },
    async (_request, reply) => {
      const { id, definition } = mapping;
      return reply.serializer(JSON.stringify).send({ id, definition });
    },
  );
};
