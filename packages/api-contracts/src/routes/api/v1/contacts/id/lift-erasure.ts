import { defineRoute } from '../../../../../define-route.ts';
import { ContactParams } from '../contact-params.ts';

export const liftErasure = defineRoute({
  name: 'liftErasure',
  method: 'POST',
  path: '/api/v1/contacts/{id}/erase/lift',
  service: 'contact-service',
  access: 'contacts:erase',
  summary: 'Lifts the block of an erased contact',
  description:
    "AcmeCRM's next event of the contact is taken as a first one. What was erased stays gone. Lifting twice changes nothing.",
  limit: 'write',
  params: ContactParams,
  answers: { 204: { description: 'No block stands' } },
  errors: ['CONTACT_NOT_FOUND', 'CONFLICT', 'STORAGE_FULL'],
});
