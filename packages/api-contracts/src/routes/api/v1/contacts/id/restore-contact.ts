import { defineRoute } from '../../../../../define-route.ts';
import { contactAnswer } from '../contact-answers.ts';
import { ContactParams } from '../contact-params.ts';

export const restoreContact = defineRoute({
  name: 'restoreContact',
  method: 'POST',
  path: '/api/v1/contacts/{id}/restore',
  service: 'contact-service',
  access: 'contacts:write',
  summary: 'Takes a delete back',
  description: 'Whoever made it. Restoring a contact that is not deleted changes nothing.',
  limit: 'write',
  params: ContactParams,
  idempotencyKey: true,
  condition: 'if-match-optional',
  answers: { 200: contactAnswer },
  errors: ['CONTACT_NOT_FOUND', 'CONFLICT', 'STORAGE_FULL'],
});
