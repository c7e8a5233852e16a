import { AppError, EventId } from '@contact-sync/domain';
import type { App } from '@contact-sync/service-kit';
import { Type } from 'typebox';
import type { SeenEvents } from '../ports.ts';

const Receipts = Type.Object({
  eventId: EventId,
  contents: Type.Array(
    Type.Object({
      contentHash: Type.String({ description: "SHA-256 of the event's canonical JSON" }),
      receivedAt: Type.String({ format: 'date-time' }),
      topic: Type.String(),
      partition: Type.Integer(),
      offset: Type.String(),
    }),
  ),
});

/** `GET /internal/events/{id}` (contracts.md): ingest's part of an event's fate, within the dedupe window. */
export const internalEventsRoute = async (app: App, { seen }: { seen: SeenEvents }): Promise<void> => {
  app.get(
    '/internal/events/:id',
    {
      config: { permission: 'ingest:read' },
      schema: {
        description: 'What was accepted under an event id.',
        params: Type.Object({ id: EventId }),
        response: { 200: Receipts },
      },
    },
    async (request) => {
      const contents = await seen.receipts(request.params.id);
      if (contents.length > 0) return { eventId: request.params.id, contents: [...contents] };
      throw new AppError('NOT_FOUND', { message: 'No such event was accepted within the dedupe window.' });
    },
  );
};
