import { defineRoute } from '../../../../../define-route.ts';
import { exampleDelivery } from './example-delivery.ts';
import { deliveryParams, LoggedDelivery } from './logged-delivery.ts';

export const getDelivery = defineRoute({
  name: 'getDelivery',
  method: 'GET',
  path: '/api/v1/simulator/deliveries/{id}',
  service: 'webhook-simulator',
  access: 'events:read',
  summary: 'A delivery with its attempts',
  description: 'What was sent, what was answered, and how long each answer took.',
  limit: 'read',
  params: deliveryParams,
  answers: { 200: { description: 'The delivery', body: LoggedDelivery, example: exampleDelivery } },
  errors: ['NOT_FOUND', 'SIMULATOR_DISABLED'],
});
