import { Type } from 'typebox';
import { defineRoute } from '../../../../../define-route.ts';
import { AcmeConduct, exampleConduct } from './acme-conduct.ts';

export const getAcmeConduct = defineRoute({
  name: 'getAcmeConduct',
  method: 'GET',
  path: '/api/v1/simulator/acme/conduct',
  service: 'webhook-simulator',
  access: 'events:read',
  summary: 'How AcmeCRM behaves now',
  description: 'Empty where it does as it ought to.',
  limit: 'read',
  answers: {
    200: {
      description: 'As it is now',
      headers: { 'cache-control': { description: '`no-store`' } },
      body: Type.Object({ conduct: AcmeConduct }),
      example: { conduct: exampleConduct },
    },
  },
  errors: ['SIMULATOR_DISABLED'],
});
