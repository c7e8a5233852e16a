import { Type } from 'typebox';
import { defineRoute } from '../../../../define-route.ts';
import { Fingerprint } from './fingerprint.ts';

const PausedGroup = Type.Object({
  fingerprint: Fingerprint,
  why: Type.Enum(['failures', 'mass-writes'], {
    description:
      '`failures`: too many records fail alike; `mass-writes`: too many deletes within ten minutes',
  }),
  since: Type.String({ format: 'date-time' }),
});

export const listConsumers = defineRoute({
  name: 'listConsumers',
  method: 'GET',
  path: '/api/v1/consumers',
  service: 'event-worker',
  access: 'events:replay',
  summary: 'The consumer groups, and what those wait for that are paused',
  description:
    'A group that is paused goes on when its fingerprint is accepted, or what it is paused for has passed.',
  limit: 'read',
  answers: {
    200: {
      description: 'Each group, with every reason for which it is paused',
      body: Type.Object({
        items: Type.Array(Type.Object({ group: Type.String(), paused: Type.Array(PausedGroup) })),
      }),
      example: {
        items: [
          { group: 'contact-sync', paused: [] },
          {
            group: 'contact-sync.write-back',
            paused: [
              { fingerprint: '6d0f2c7c9a4b1e35', why: 'mass-writes', since: '2026-11-28T09:30:00.000Z' },
            ],
          },
        ],
      },
    },
  },
  errors: [],
});
