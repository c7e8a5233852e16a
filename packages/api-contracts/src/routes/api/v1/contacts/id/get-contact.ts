import { defineRoute } from '../../../../../define-route.ts';
import { contactAnswer, etag } from '../contact-answers.ts';
import { ContactParams } from '../contact-params.ts';

export const getContact = defineRoute({
  name: 'getContact',
  method: 'GET',
  path: '/api/v1/contacts/{id}',
  service: 'contact-service',
  access: 'contacts:read',
  summary: 'One contact',
  description:
    'A deleted contact is answered too, with its `deletedAt`. `Cache-Control: no-cache` reads past every cache of ours; without it an answer may be a second old.',
  limit: 'read',
  params: ContactParams,
  condition: 'if-none-match',
  answers: {
    200: contactAnswer,
    304: { description: 'It is still the version that is held', headers: { etag } },
  },
  errors: ['CONTACT_NOT_FOUND'],
});
