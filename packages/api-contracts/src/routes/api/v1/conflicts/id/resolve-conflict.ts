import { Type } from 'typebox';
import { defineRoute } from '../../../../../define-route.ts';
import { contactAnswer } from '../../contacts/contact-answers.ts';

export const resolveConflict = defineRoute({
  name: 'resolveConflict',
  method: 'POST',
  path: '/api/v1/conflicts/{id}/resolve',
  service: 'contact-service',
  access: 'contacts:write',
  summary: 'Decides a conflict',
  description:
    'An ordinary edit of the contact as it is now: each field of the entry becomes what the side that is taken has there, reaches AcmeCRM as any edit does, and the entry is gone. Of a contact whose write-back is frozen or held, `ours` lets it be written again. Of one that AcmeCRM no longer has, `theirs` deletes it here. Of a contact that was deleted meanwhile only the entry goes.',
  limit: 'write',
  params: Type.Object({ id: Type.String({ minLength: 1, maxLength: 64, description: 'Of the entry' }) }),
  condition: 'if-match-optional',
  body: {
    schema: Type.Object(
      { take: Type.Union([Type.Literal('ours'), Type.Literal('theirs')]) },
      { additionalProperties: false },
    ),
    limitBytes: 1_024,
    example: { take: 'ours' },
  },
  answers: { 200: contactAnswer },
  errors: ['CONFLICT_NOT_FOUND', 'CONTACT_NOT_FOUND', 'CONFLICT', 'STORAGE_FULL'],
});
