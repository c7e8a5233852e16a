import { defineRoute } from '../../../../../define-route.ts';
import { etag } from '../contact-answers.ts';
import { ContactParams } from '../contact-params.ts';

export const deleteContact = defineRoute({
  name: 'deleteContact',
  method: 'DELETE',
  path: '/api/v1/contacts/{id}',
  service: 'contact-service',
  access: 'contacts:write',
  summary: 'Deletes a contact, for now',
  description: '`restore` takes it back for 30 days. Deleting what is deleted is answered alike.',
  limit: 'write',
  params: ContactParams,
  idempotencyKey: true,
  condition: 'if-match',
  answers: { 204: { description: 'It is deleted', headers: { etag } } },
  errors: ['CONTACT_NOT_FOUND', 'CONFLICT', 'STORAGE_FULL'],
});
