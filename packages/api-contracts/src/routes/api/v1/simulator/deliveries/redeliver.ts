import { defineRoute } from '../../../../../define-route.ts';
import { exampleDelivery } from './example-delivery.ts';
import { deliveryParams, LoggedDelivery } from './logged-delivery.ts';

export const redeliver = defineRoute({
  name: 'redeliver',
  method: 'POST',
  path: '/api/v1/simulator/deliveries/{id}/redeliver',
  service: 'webhook-simulator',
  access: 'simulator:run',
  summary: 'Sends a delivery once more',
  description:
    'The same body to the same target in one attempt, signed for now as it ought to be, and logged as a delivery of its own.',
  limit: 'heavy',
  timeoutMs: 15_000,
  params: deliveryParams,
  answers: {
    200: {
      description: 'What came of it',
      body: LoggedDelivery,
      example: { ...exampleDelivery, redeliveryOf: exampleDelivery.id },
    },
  },
  errors: ['NOT_FOUND', 'CONFLICT', 'TARGET_NOT_ALLOWED', 'SIMULATOR_DISABLED'],
});
