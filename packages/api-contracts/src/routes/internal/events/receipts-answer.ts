import { EventId } from '@contact-sync/domain';
import { type Static, Type } from 'typebox';

const Time = Type.String({ format: 'date-time' });

/** One content that was accepted; what a delivery left out that was taken before an update is absent. */
export const Receipt = Type.Object({
  contentHash: Type.String({ description: "SHA-256 of the event's canonical JSON" }),
  receivedAt: Time,
  topic: Type.String(),
  partition: Type.Integer(),
  offset: Type.String(),
  secretId: Type.Optional(Type.String({ description: 'The shared secret that verified the delivery' })),
  contactId: Type.Optional(Type.String({ format: 'uuid' })),
  sourceVersion: Type.Optional(Type.Integer()),
  duplicates: Type.Optional(
    Type.Object(
      {
        count: Type.Integer({ minimum: 1 }),
        at: Type.Array(Time, { description: 'When; the first ones where there were many' }),
      },
      { description: 'Deliveries of the same content that were answered as duplicates' },
    ),
  ),
});
export type Receipt = Static<typeof Receipt>;

/** What was accepted under an event id, one entry a content. */
export const Receipts = Type.Object({ eventId: EventId, contents: Type.Array(Receipt) });
export type Receipts = Static<typeof Receipts>;

export const exampleReceipts: Receipts = {
  eventId: 'evt_0001',
  contents: [
    {
      contentHash: '5f1d7a84db5b0ec2c1f0d9c2e6a7b8c9d0e1f2a3b4c5d6e7f8091a2b3c4d5e6f',
      receivedAt: '2026-11-24T09:30:01.000Z',
      topic: 'acme.contact.updated.v1',
      partition: 3,
      offset: '4711',
      secretId: 'acme-1',
      contactId: '7f6b1c1e-50a4-5c7b-9a55-0a3f1d2c4b6e',
      sourceVersion: 7,
      duplicates: { count: 1, at: ['2026-11-24T09:30:31.000Z'] },
    },
  ],
};

/** What was accepted under one event id. */
export const receiptsAnswer = {
  description: 'Where its contents stand in Kafka, who verified them, and how often they came again',
  body: Receipts,
  example: exampleReceipts,
} as const;
