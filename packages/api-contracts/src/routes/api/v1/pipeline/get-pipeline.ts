import { type Static, Type } from 'typebox';
import { defineRoute } from '../../../../define-route.ts';

const Time = Type.String({ format: 'date-time' });

const entered = Type.Integer({
  minimum: 0,
  description:
    'Records that came to the stage since its topics were made; rises, so that two answers give a rate',
});

/** What comes to topics and is worked off there by a group. */
const WorkedOff = Type.Object({
  entered,
  settled: Type.Integer({ minimum: 0, description: 'Of these, those that the stage is done with' }),
  waiting: Type.Integer({ minimum: 0, description: 'Of these, those that it is not done with' }),
  oldestAt: Type.Optional(
    Type.String({ format: 'date-time', description: 'When the first that waits came' }),
  ),
});

/** What has come how far on its way. */
export const Pipeline = Type.Object({
  at: Time,
  /** AcmeCRM's events that were accepted; settled once they have a fate, a retry tier or a letter. */
  accepted: WorkedOff,
  /** Those that failed for a while. */
  retries: WorkedOff,
  letters: Type.Object({
    entered,
    open: Type.Integer({ minimum: 0, description: 'Nobody has decided about them yet' }),
  }),
  refused: Type.Object({ entered }, { description: 'Deliveries that were refused and kept' }),
  told: Type.Object({ entered }, { description: 'Events about our contacts that were sent out' }),
  /** Of these, what the group that writes to AcmeCRM has looked at; absent where it is off. */
  writtenBack: Type.Optional(WorkedOff),
});
export type Pipeline = Static<typeof Pipeline>;

const example = {
  at: '2026-11-24T09:30:00.000Z',
  accepted: { entered: 51_200, settled: 51_188, waiting: 12, oldestAt: '2026-11-24T09:29:59.400Z' },
  retries: { entered: 40, settled: 40, waiting: 0 },
  letters: { entered: 14, open: 12 },
  refused: { entered: 3 },
  told: { entered: 49_876 },
  writtenBack: { entered: 49_876, settled: 49_870, waiting: 6, oldestAt: '2026-11-24T09:29:59.900Z' },
} satisfies Pipeline;

export const getPipeline = defineRoute({
  name: 'getPipeline',
  method: 'GET',
  path: '/api/v1/pipeline',
  service: 'event-worker',
  access: 'events:read',
  summary: 'How much is at which stage',
  description:
    'Counts by what the brokers know, so of all copies together, not more than a second old. They count records: a replay enters a retry tier, and an event that waited in two tiers entered twice.',
  limit: 'read',
  answers: {
    200: {
      description: 'The stages',
      headers: { 'cache-control': { description: '`no-store`' } },
      body: Pipeline,
      example,
    },
  },
  errors: [],
});
