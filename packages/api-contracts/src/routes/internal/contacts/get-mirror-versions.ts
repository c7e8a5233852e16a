import { AcmeId, limits } from '@contact-sync/domain';
import { Type } from 'typebox';
import { defineRoute } from '../../../define-route.ts';
import { ContactsInAll } from './contacts-in-all.ts';
import { exampleMirrorVersion, MirrorVersion } from './mirror-version.ts';

export const getMirrorVersions = defineRoute({
  name: 'getMirrorVersions',
  method: 'POST',
  path: '/internal/contacts/versions',
  service: 'contact-service',
  access: 'contacts:apply',
  summary: 'What is held of these records of AcmeCRM',
  description:
    'One answer an id, in order: version, deleted, a hash of the content and the versions that are missing. Changes nothing.',
  limit: 'read',
  body: {
    schema: Type.Object(
      { acmeIds: Type.Array(AcmeId, { minItems: 1, maxItems: limits.mirrorsPerRequest }) },
      { additionalProperties: false },
    ),
    limitBytes: 1_048_576,
    example: { acmeIds: [exampleMirrorVersion.acmeId] },
  },
  answers: {
    200: {
      description: 'What is held of each',
      body: Type.Object({ versions: Type.Array(MirrorVersion), contacts: ContactsInAll }),
      example: { versions: [exampleMirrorVersion], contacts: 12_000 },
    },
  },
  errors: [],
});
