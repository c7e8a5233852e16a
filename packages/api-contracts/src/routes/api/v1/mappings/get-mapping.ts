import { defineRoute } from '../../../../define-route.ts';
import { exampleMappingId } from '../../../../examples.ts';
import { KeptMapping } from './kept-mapping.ts';

export const getMapping = defineRoute({
  name: 'getMapping',
  method: 'GET',
  path: '/api/v1/mappings',
  service: 'contact-service',
  access: 'mappings:read',
  summary: 'The field mapping in force',
  description:
    'Which of our fields stands for which of AcmeCRM, how a value is changed on its way, and who wins.',
  limit: 'read',
  answers: {
    200: {
      description: 'The mapping',
      body: KeptMapping,
      example: {
        id: exampleMappingId,
        definition: { pairs: [{ acme: 'acme_first_name', contact: 'firstName' }] },
      },
    },
  },
  errors: [],
});
