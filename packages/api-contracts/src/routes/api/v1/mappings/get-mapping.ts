import { Type } from 'typebox';
import { defineRoute } from '../../../../define-route.ts';
import { exampleMappingId } from '../../../../examples.ts';

/** A mapping as data, every pair of fields that is in force. */
const CurrentMapping = Type.Object({
  id: Type.String({ description: 'Content hash of the mapping; stands in history beside each change' }),
  definition: Type.Unknown({
    description: 'Pairs of fields with paths, direction, transform, owner and loss',
  }),
});

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
      body: CurrentMapping,
      example: {
        id: exampleMappingId,
        definition: { pairs: [{ acme: 'acme_first_name', contact: 'firstName' }] },
      },
    },
  },
  errors: [],
});
