import { defineRoute } from '../../../../define-route.ts';
import { exampleFields } from '../../../../examples.ts';
import { createdAnswer } from './contact-answers.ts';
import { contactBodyBytes } from './contact-body-bytes.ts';
import { ContactInput } from './contact-input.ts';

export const createContact = defineRoute({
  name: 'createContact',
  method: 'POST',
  path: '/api/v1/contacts',
  service: 'contact-service',
  access: 'contacts:write',
  summary: 'Makes a contact',
  description:
    'With an `Idempotency-Key` its id is the same at each repeat, so that no crash leaves it in between.',
  limit: 'write',
  body: { schema: ContactInput, limitBytes: contactBodyBytes, example: exampleFields },
  idempotencyKey: true,
  answers: { 201: createdAnswer },
  errors: ['CONTACT_EXISTS', 'CONTACT_ERASED', 'CONFLICT', 'STORAGE_FULL'],
});
