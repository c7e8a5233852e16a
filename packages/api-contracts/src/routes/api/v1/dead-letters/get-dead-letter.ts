import { Type } from 'typebox';
import { defineRoute } from '../../../../define-route.ts';
import { DeadLetter, exampleLetter, LetterId } from './letter.ts';

const Bytes = Type.Object({
  size: Type.Integer({ minimum: 0 }),
  base64: Type.String(),
});

export const getDeadLetter = defineRoute({
  name: 'getDeadLetter',
  method: 'GET',
  path: '/api/v1/dead-letters/{id}',
  service: 'event-worker',
  access: 'events:replay',
  summary: 'One letter, decoded beside its bytes',
  description:
    "The bytes are read back from Kafka. With them go the record's headers, what it decodes to or why it does not, and the contact as it is now, where the caller may read contacts.",
  limit: 'read',
  params: Type.Object({ id: LetterId }),
  answers: {
    200: {
      description: 'The letter',
      headers: { 'cache-control': { description: '`no-store`' } },
      body: Type.Object({
        letter: DeadLetter,
        gone: Type.Boolean({ description: 'Whether Kafka has let go of the record' }),
        key: Type.Optional(Bytes),
        value: Type.Optional(Bytes),
        headers: Type.Array(
          Type.Object({ name: Type.String(), value: Type.Union([Type.String(), Type.Null()]) }),
          { description: 'As they came; one that stands twice is here twice' },
        ),
        decoded: Type.Optional(Type.Unknown({ description: 'The event, or the delivery' })),
        undecodable: Type.Optional(Type.String({ description: 'Why it does not decode' })),
        contact: Type.Optional(
          Type.Unknown({ description: 'The contact as it is now; null where there is none' }),
        ),
      }),
      example: {
        letter: exampleLetter,
        gone: false,
        key: { size: 36, base64: 'N2Y2YjFjMWUtNTBhNC01YzdiLTlhNTUtMGEzZjFkMmM0YjZl' },
        value: { size: 3, base64: 'AAAA' },
        headers: [{ name: 'event-id', value: 'evt_0001' }],
        undecodable: 'UNDECODABLE',
        contact: null,
      },
    },
  },
  errors: ['NOT_FOUND'],
});
