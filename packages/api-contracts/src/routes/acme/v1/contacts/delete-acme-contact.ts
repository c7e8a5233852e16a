import { Type } from 'typebox';
import { defineRoute } from '../../../../define-route.ts';
import { exampleAcmeDeleted } from './acme-examples.ts';
import { AcmeDeleted, acmeParams, apiKeyHeader, etagHeader, ifMatchHeader } from './acme-record.ts';
import { gone, stale } from './refusals.ts';

export const deleteAcmeContact = defineRoute({
  name: 'deleteAcmeContact',
  method: 'DELETE',
  path: '/acme/v1/contacts/{id}',
  service: 'webhook-simulator',
  access: 'public',
  summary: 'Deletes a contact of AcmeCRM',
  description: 'A deletion is a version too, and its webhook follows. Deleting it again is 410.',
  limit: 'write',
  headers: Type.Object({ ...apiKeyHeader, ...ifMatchHeader }),
  params: acmeParams,
  answers: {
    200: {
      description: 'It is deleted',
      headers: etagHeader,
      body: AcmeDeleted,
      example: exampleAcmeDeleted,
    },
    410: gone,
    412: stale,
  },
  errors: [
    'UNAUTHENTICATED',
    'FORBIDDEN',
    'INVALID_BODY',
    'SIMULATOR_DISABLED',
    'CONTACT_NOT_FOUND',
    'CONFLICT',
    'STORAGE_FULL',
  ],
});
