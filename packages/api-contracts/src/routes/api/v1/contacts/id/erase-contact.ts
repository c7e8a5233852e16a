import { Type } from 'typebox';
import { defineRoute } from '../../../../../define-route.ts';
import { exampleContactId } from '../../../../../examples.ts';
import { ContactParams } from '../contact-params.ts';

const ErasedContact = Type.Object({
  id: Type.String({ format: 'uuid' }),
  erasedAt: Type.String({ format: 'date-time', description: 'When it was erased, the first time' }),
  erasedBy: Type.String({ description: 'Who asked for it' }),
});

export const eraseContact = defineRoute({
  name: 'eraseContact',
  method: 'POST',
  path: '/api/v1/contacts/{id}/erase',
  service: 'contact-service',
  access: 'contacts:erase',
  summary: 'Erases a contact for good',
  description:
    'The contact, what AcmeCRM told of it, its history and every stored answer are gone when this answers, and a `contact.deleted` event marked as erased, without personal data, follows. Later events of it are `superseded`, also of one that was never seen, until the block is lifted. Erasing twice is answered as the first time.',
  limit: 'write',
  params: ContactParams,
  answers: {
    200: {
      description: 'It is erased',
      body: ErasedContact,
      example: {
        id: exampleContactId,
        erasedAt: '2026-11-24T09:30:00.000Z',
        erasedBy: 'user:0b2f6b6e-3f0a-4c57-9d0e-2a4c7c1b9e01',
      },
    },
  },
  errors: ['CONFLICT', 'STORAGE_FULL'],
});
