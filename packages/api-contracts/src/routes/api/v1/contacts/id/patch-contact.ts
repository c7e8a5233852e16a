import { defineRoute } from '../../../../../define-route.ts';
import { contactAnswer } from '../contact-answers.ts';
import { contactBodyBytes } from '../contact-body-bytes.ts';
import { ContactPatch } from '../contact-input.ts';
import { ContactParams } from '../contact-params.ts';

export const patchContact = defineRoute({
  name: 'patchContact',
  method: 'PATCH',
  path: '/api/v1/contacts/{id}',
  service: 'contact-service',
  access: 'contacts:write',
  summary: 'Changes the named fields of a contact',
  description:
    'A merge patch (RFC 7396): null empties a field, a part of the address or a custom field. A patch that changes nothing makes no version and no event.',
  limit: 'write',
  params: ContactParams,
  body: {
    schema: ContactPatch,
    types: ['application/json', 'application/merge-patch+json'],
    limitBytes: contactBodyBytes,
    example: { title: 'Countess of Lovelace', address: { zipCode: '94106' } },
  },
  idempotencyKey: true,
  condition: 'if-match',
  answers: { 200: contactAnswer },
  errors: ['CONTACT_NOT_FOUND', 'CONTACT_DELETED', 'CONFLICT', 'STORAGE_FULL'],
});
