import { Type } from 'typebox';
import { defineRoute } from '../../../../define-route.ts';
import { exampleAcmeRecord, exampleTaken } from './acme-examples.ts';
import {
  AcmeNewContact,
  AcmeRecord,
  AcmeRefusal,
  acmeBodyBytes,
  apiKeyHeader,
  etagHeader,
} from './acme-record.ts';

const { id, acme_version, acme_created_at, acme_updated_at, ...exampleNew } = exampleAcmeRecord;

export const createAcmeContact = defineRoute({
  name: 'createAcmeContact',
  method: 'POST',
  path: '/acme/v1/contacts',
  service: 'webhook-simulator',
  access: 'public',
  summary: 'Makes a contact in AcmeCRM',
  description:
    'A second one with the same `acme_external_id` is not made: 409 names the first. With an `Idempotency-Key` a repeat is answered as the first time. Its webhook follows.',
  limit: 'write',
  headers: Type.Object(apiKeyHeader),
  idempotencyKey: true,
  body: { schema: AcmeNewContact, numbers: 'as spelled', limitBytes: acmeBodyBytes, example: exampleNew },
  answers: {
    201: { description: 'It is there', headers: etagHeader, body: AcmeRecord, example: exampleAcmeRecord },
    409: { description: 'The external id is of that contact', body: AcmeRefusal, example: exampleTaken },
  },
  errors: ['UNAUTHENTICATED', 'FORBIDDEN', 'SIMULATOR_DISABLED', 'STORAGE_FULL'],
});
