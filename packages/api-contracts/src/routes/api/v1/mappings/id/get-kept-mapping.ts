import { Type } from 'typebox';
import { defineRoute } from '../../../../../define-route.ts';
import { exampleMappingId } from '../../../../../examples.ts';
import { KeptMapping, MappingId } from '../kept-mapping.ts';

export const getKeptMapping = defineRoute({
  name: 'getKeptMapping',
  method: 'GET',
  path: '/api/v1/mappings/{id}',
  service: 'contact-service',
  access: 'mappings:read',
  summary: 'A field mapping that is or was in force',
  description: 'Every mapping that a history entry names is kept for good, so that history explains itself.',
  limit: 'read',
  params: Type.Object({ id: MappingId }),
  answers: {
    200: {
      description: 'The mapping',
      body: KeptMapping,
      example: {
        id: exampleMappingId,
        definition: { pairs: [{ acme: ['/acme_first_name'], contact: ['/firstName'] }] },
      },
    },
  },
  errors: ['MAPPING_NOT_FOUND'],
});
