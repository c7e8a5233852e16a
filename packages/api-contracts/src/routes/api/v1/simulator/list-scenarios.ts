import { Type } from 'typebox';
import { defineRoute } from '../../../../define-route.ts';

const Scenario = Type.Object({
  name: Type.String(),
  summary: Type.String(),
  /** Most events that it takes. */
  maxCount: Type.Integer({ minimum: 1 }),
  parameters: Type.Array(
    Type.Object({
      name: Type.String(),
      description: Type.String(),
      minimum: Type.Number(),
      maximum: Type.Number(),
      default: Type.Number(),
    }),
  ),
});

export const listScenarios = defineRoute({
  name: 'listScenarios',
  method: 'GET',
  path: '/api/v1/simulator/scenarios',
  service: 'webhook-simulator',
  access: 'events:read',
  summary: 'What the simulator can play',
  description: 'Every scenario with a line of text, its parameters and their bounds.',
  limit: 'read',
  answers: {
    200: {
      description: 'All of them',
      body: Type.Object({ items: Type.Array(Scenario) }),
      example: {
        items: [
          {
            name: 'burst',
            summary: 'In the midst of an even rate, a multiple of it for some seconds.',
            maxCount: 20_000,
            parameters: [
              {
                name: 'factor',
                description: 'How many times the rate',
                minimum: 2,
                maximum: 50,
                default: 10,
              },
            ],
          },
        ],
      },
    },
  },
  errors: ['SIMULATOR_DISABLED'],
});
