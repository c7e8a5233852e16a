import { defineRoute } from '../../../../../define-route.ts';
import { exampleFields } from '../../../../../examples.ts';
import { contactAnswer } from '../contact-answers.ts';
import { contactBodyBytes } from '../contact-body-bytes.ts';
import { ContactReplacement } from '../contact-input.ts';
import { ContactParams } from '../contact-params.ts';

export const replaceContact = defineRoute({
  name: 'replaceContact',
  method: 'PUT',
  path: '/api/v1/contacts/{id}',
  service: 'contact-service',
  access: 'contacts:write',
  summary: 'Writes a contact whole',
  description:
    'What is left out becomes empty. What `GET` gave is taken back: members that only we write are let pass where they are as they stand. A write that changes nothing makes no version and no event.',
  limit: 'write',
  params: ContactParams,
  body: { schema: ContactReplacement, limitBytes: contactBodyBytes, example: exampleFields },
  idempotencyKey: true,
  condition: 'if-match',
  answers: { 200: contactAnswer },
  errors: ['CONTACT_NOT_FOUND', 'CONTACT_DELETED', 'CONFLICT', 'STORAGE_FULL'],
});
