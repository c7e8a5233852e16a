import { limits } from '@contact-sync/domain';
import { Type } from 'typebox';
import { defineRoute } from '../../../define-route.ts';
import { exampleContactId } from '../../../examples.ts';

export const liftContacts = defineRoute({
  name: 'liftContacts',
  method: 'POST',
  path: '/internal/contacts/lift',
  service: 'contact-service',
  access: 'contacts:apply',
  summary: 'Lifts contacts above the versions that were published',
  description:
    'For a rewind: a contact of which a higher version was published than is stored gets a version above it, with an outgoing event; one that is not there leaves a stub, and one that was told of as erased is erased once more. Repeating is harmless.',
  limit: 'write',
  body: {
    schema: Type.Object(
      {
        contacts: Type.Array(
          Type.Object(
            {
              id: Type.String({ format: 'uuid' }),
              version: Type.Integer({ minimum: 1 }),
              erased: Type.Optional(Type.Boolean({ description: 'That version told of an erasure' })),
            },
            { additionalProperties: false },
          ),
          { minItems: 1, maxItems: limits.eventsPerApply },
        ),
        dryRun: Type.Optional(Type.Boolean({ description: 'Decide, and write nothing' })),
      },
      { additionalProperties: false },
    ),
    limitBytes: 65_536,
    example: { contacts: [{ id: exampleContactId, version: 7 }], dryRun: true },
  },
  answers: {
    200: {
      description: 'Those that were below',
      body: Type.Object({ lifted: Type.Array(Type.String({ format: 'uuid' })) }),
      example: { lifted: [exampleContactId] },
    },
  },
  errors: ['STORAGE_FULL', 'CONFLICT'],
});
