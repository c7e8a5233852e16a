import { type Static, Type } from 'typebox';

const Time = Type.String({ format: 'date-time' });
const Count = Type.Integer({ minimum: 0 });

export const RewindRequest = Type.Object(
  {
    to: Type.String({
      format: 'date-time',
      maxLength: 64,
      description: 'Events that came to Kafka then or later are read again',
    }),
    dryRun: Type.Optional(Type.Boolean({ description: 'Decide, and write nothing' })),
  },
  { additionalProperties: false },
);
export type RewindRequest = Static<typeof RewindRequest>;

/** One rewind and how far it has come. Counts of records of Kafka, of events and of contacts. */
export const Rewind = Type.Object({
  id: Type.String({ format: 'uuid' }),
  group: Type.String({
    description: "The consumer group that holds the rewind's places; the live one is untouched",
  }),
  state: Type.Enum(['waiting', 'running', 'done', 'cancelled'], {
    description: '`waiting`: for another one to end',
  }),
  request: RewindRequest,
  by: Type.String({ description: 'The id of the user or machine' }),
  startedAt: Time,
  updatedAt: Time,
  finishedAt: Type.Optional(Time),
  progress: Type.Object({
    planned: Type.Integer({ minimum: 0, description: 'Records to be read' }),
    read: Count,
    lifted: Type.Integer({
      minimum: 0,
      description: 'Contacts of which a higher version was published than is stored',
    }),
    applied: Count,
    unchanged: Count,
    superseded: Count,
    duplicate: Count,
    failed: Type.Integer({
      minimum: 0,
      description: 'Events that cannot be applied; their letters stand already',
    }),
  }),
  failure: Type.Optional(Type.String({ description: 'Why it does not get on just now; it tries on' })),
});
export type Rewind = Static<typeof Rewind>;

const exampleRewindId = '0b7c6d5e-4f3a-5b2c-9d1e-0f9e8d7c6b5a';

export const exampleRewind = {
  id: exampleRewindId,
  group: `contact-sync.rewind.${exampleRewindId}`,
  state: 'running',
  request: { to: '2026-11-24T09:00:00Z' },
  by: '0196f5a0-0000-7000-8000-000000000001',
  startedAt: '2026-11-24T10:00:00.000Z',
  updatedAt: '2026-11-24T10:00:04.000Z',
  progress: {
    planned: 12_000,
    read: 4_000,
    lifted: 3,
    applied: 17,
    unchanged: 0,
    superseded: 1_200,
    duplicate: 2_780,
    failed: 0,
  },
} as const;
