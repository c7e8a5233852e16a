import type { CompiledMapping } from '@contact-sync/field-mapper';
import type { App } from '@contact-sync/service-kit';
import { PreviewAnswer, PreviewRequest } from './schemas.ts';

/** `POST /api/v1/mappings/preview`: how a record would be mapped; what is lost, fails and is ignored. */
export const previewMappingRoute = async (
  app: App,
  { mapping }: { mapping: CompiledMapping },
): Promise<void> => {
  app.post(
    '/preview',
    {
      config: { permission: 'mappings:read' },
      schema: {
        description: 'Maps a record without storing anything.',
        body: PreviewRequest,
        response: { 200: PreviewAnswer },
      },
    },
    async (request, reply) => {
      const { contact, lossy, failed, ignored } = mapping.preview(request.body.record);
      const answer = {
        mappingId: mapping.id,
        contact,
        lossy: [...lossy],
        failed: [...failed],
        ignored: [...ignored],
      };
      return reply.serializer(JSON.stringify).send(answer);
    },
  );
};
