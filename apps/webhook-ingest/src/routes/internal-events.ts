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

/**
 * `GET /internal/events/{id}` and `GET /internal/events?id=` (contracts.md): ingest's part of an event's fate, within the
 * dedupe window. A path holds neither every id nor every length of one.
 */
export const internalEventsRoute = async (app: App, { seen }: { seen: SeenEvents }): Promise<void> => {
  const receiptsOf = async (eventId: string) => {
    const contents = await seen.receipts(eventId);
    if (contents.length > 0) return { eventId, contents: [...contents] };
    throw new AppError('NOT_FOUND', { message: 'No such event was accepted within the dedupe window.' });
  };
  const config = { permission: 'ingest:read' } as const;
  const description = 'What was accepted under an event id.';
  const response = { 200: Receipts };
  app.get(
    '/internal/events/:id',
    { config, schema: { description, params: Type.Object({ id: EventId }), response } },
    (request) => receiptsOf(request.params.id),
  );
  app.get(
    '/internal/events',
    {
      config,
      schema: {
        description,
        querystring: Type.Object({ id: EventId }, { additionalProperties: false }),
        response,
      },
    },
    (request) => receiptsOf(request.query.id),
  );
};
