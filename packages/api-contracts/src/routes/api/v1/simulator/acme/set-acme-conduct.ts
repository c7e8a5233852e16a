import { Type } from 'typebox';
import { defineRoute } from '../../../../../define-route.ts';
import { AcmeConduct, exampleConduct } from './acme-conduct.ts';

export const setAcmeConduct = defineRoute({
  name: 'setAcmeConduct',
  method: 'PUT',
  path: '/api/v1/simulator/acme/conduct',
  service: 'webhook-simulator',
  access: 'simulator:run',
  summary: 'Has AcmeCRM behave badly for a while',
  description:
    "AcmeCRM's API and the sender of its webhooks behave so from now on, in every copy, for that many seconds. It takes the place of what was set before; an empty conduct ends it.",
  limit: 'write',
  body: {
    schema: Type.Object(
      {
        conduct: AcmeConduct,
        seconds: Type.Integer({ minimum: 1, maximum: 86_400, description: 'How long' }),
      },
      { additionalProperties: false },
    ),
    limitBytes: 4_096,
    example: { conduct: exampleConduct, seconds: 600 },
  },
  answers: { 204: { description: 'It behaves so' } },
  errors: ['STORAGE_FULL', 'SIMULATOR_DISABLED'],
});
