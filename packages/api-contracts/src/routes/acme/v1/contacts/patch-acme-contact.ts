import { Type } from 'typebox';
import { defineRoute } from '../../../../define-route.ts';
import { exampleAcmeRecord } from './acme-examples.ts';
import {
  AcmePatch,
  AcmeRecord,
  acmeBodyBytes,
  acmeParams,
  apiKeyHeader,
  etagHeader,
  ifMatchHeader,
} from './acme-record.ts';
import { gone, stale } from './refusals.ts';

export const patchAcmeContact = defineRoute({
  name: 'patchAcmeContact',
  method: 'PATCH',
  path: '/acme/v1/contacts/{id}',
  service: 'webhook-simulator',
  access: 'public',
  summary: 'Changes a contact of AcmeCRM',
  description:
    'A merge patch: null empties a member. What changes nothing makes no version. Otherwise the version is one higher, and its webhook follows.',
  limit: 'write',
  headers: Type.Object({ ...apiKeyHeader, ...ifMatchHeader }),
  params: acmeParams,
  body: {
    schema: AcmePatch,
    types: ['application/json', 'application/merge-patch+json'],
    numbers: 'as spelled',
    limitBytes: acmeBodyBytes,
    example: { acme_title: 'Countess' },
  },
  answers: {
    200: { description: 'As it is now', headers: etagHeader, body: AcmeRecord, example: exampleAcmeRecord },
    410: gone,
    412: stale,
  },
  errors: [
    'UNAUTHENTICATED',
    'FORBIDDEN',
    'SIMULATOR_DISABLED',
    'CONTACT_NOT_FOUND',
    'CONFLICT',
    'STORAGE_FULL',
  ],
});
