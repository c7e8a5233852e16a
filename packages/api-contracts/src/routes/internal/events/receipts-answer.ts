import { EventId } from '@contact-sync/domain';
import { Type } from 'typebox';

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

/** What was accepted under an event id, one entry a content. */
export const receiptsAnswer = {
  description: 'Where its contents stand in Kafka',
  body: Receipts,
  example: {
    eventId: 'evt_0001',
    contents: [
      {
        contentHash: '5f1d7a84db5b0ec2c1f0d9c2e6a7b8c9d0e1f2a3b4c5d6e7f8091a2b3c4d5e6f',
        receivedAt: '2026-11-24T09:30:01.000Z',
        topic: 'acme.contact.updated.v1',
        partition: 3,
        offset: '4711',
      },
    ],
  },
} as const;
