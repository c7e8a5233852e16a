import { Type } from 'typebox';
import { defineRoute } from '../../../../define-route.ts';
import { exampleAcmeRecord } from './acme-examples.ts';
import { AcmeRecord, acmeParams, apiKeyHeader, etagHeader } from './acme-record.ts';
import { gone } from './refusals.ts';

export const getAcmeContact = defineRoute({
  name: 'getAcmeContact',
  method: 'GET',
  path: '/acme/v1/contacts/{id}',
  service: 'webhook-simulator',
  access: 'public',
  summary: 'A contact of AcmeCRM',
  description: 'As it is now, with every member that it was given.',
  limit: 'read',
  headers: Type.Object(apiKeyHeader),
  params: acmeParams,
  answers: {
    200: { description: 'The contact', headers: etagHeader, body: AcmeRecord, example: exampleAcmeRecord },
    410: gone,
  },
  errors: ['UNAUTHENTICATED', 'SIMULATOR_DISABLED', 'CONTACT_NOT_FOUND'],
});
