import { Type } from 'typebox';
import { defineRoute } from '../../../../define-route.ts';
import { exampleMappingId } from '../../../../examples.ts';
import { MappingId } from './kept-mapping.ts';

const Pair = Type.Unknown({ description: 'A pair as it stands in the mapping' });

const pair = { acme: ['/acme_title'], contact: ['/title'], owner: 'acmecrm' };

export const diffMappings = defineRoute({
  name: 'diffMappings',
  method: 'GET',
  path: '/api/v1/mappings/difference',
  service: 'contact-service',
  access: 'mappings:read',
  summary: 'What differs between two field mappings',
  description:
    'Pairs that only one of the two has, pairs of the same places that differ in anything else, and settings of the whole that differ.',
  limit: 'read',
  query: Type.Object({ from: MappingId, to: MappingId }, { additionalProperties: false }),
  answers: {
    200: {
      description: 'From one to the other',
      body: Type.Object({
        from: Type.String(),
        to: Type.String(),
        removed: Type.Array(Pair),
        added: Type.Array(Pair),
        changed: Type.Array(Type.Object({ from: Pair, to: Pair })),
        settings: Type.Array(Type.Object({ name: Type.String(), from: Type.Unknown(), to: Type.Unknown() }), {
          description: 'Members of the whole: default country, declared members, edition of the transforms',
        }),
      }),
      example: {
        from: exampleMappingId,
        to: exampleMappingId.replace('9c', '1d'),
        removed: [],
        added: [],
        changed: [{ from: pair, to: { ...pair, owner: 'integration' } }],
        settings: [{ name: 'defaultCountry', from: 'US', to: 'DE' }],
      },
    },
  },
  errors: ['MAPPING_NOT_FOUND'],
});
