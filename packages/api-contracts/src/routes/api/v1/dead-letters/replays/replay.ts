import { type Static, Type } from 'typebox';
import { LetterSelection, Reason } from '../letter-selection.ts';

const Time = Type.String({ format: 'date-time' });
const Count = Type.Integer({ minimum: 0 });

export const ReplayRequest = Type.Object(
  {
    select: LetterSelection,
    reason: Reason,
    ratePerSecond: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 10_000,
        description: 'Letters a second; a tenth of what comes live, and 10 at least, where it is left out',
      }),
    ),
  },
  { additionalProperties: false },
);
export type ReplayRequest = Static<typeof ReplayRequest>;

/** One replay and how far it has come. Counts of letters. */
export const Replay = Type.Object({
  id: Type.String({ format: 'uuid' }),
  state: Type.Enum(['waiting', 'running', 'done', 'cancelled'], {
    description: '`waiting`: for another replay to end',
  }),
  request: ReplayRequest,
  by: Type.String({ description: 'The id of the user or machine' }),
  startedAt: Time,
  updatedAt: Time,
  finishedAt: Type.Optional(Time),
  progress: Type.Object({
    planned: Type.Integer({ minimum: 0, description: 'Open letters that were meant when it began' }),
    sent: Type.Integer({ minimum: 0, description: 'On their way again' }),
    refused: Type.Integer({ minimum: 0, description: 'Quarantined deliveries that were refused again' }),
    parked: Type.Integer({ minimum: 0, description: 'Passed over: replayed three times before' }),
    gone: Type.Integer({ minimum: 0, description: 'Passed over: Kafka has no bytes of them' }),
    returned: Count,
  }),
  failure: Type.Optional(Type.String({ description: 'Why it does not get on just now; it tries on' })),
});
export type Replay = Static<typeof Replay>;

export const exampleReplayId = '5f3d2a1c-9b8e-5d4c-8a7b-6c5d4e3f2a1b';

export const exampleReplay = {
  id: exampleReplayId,
  state: 'running',
  request: {
    select: { filter: { fingerprint: '6d0f2c7c9a4b1e35' } },
    reason: 'The mapping is mended',
    ratePerSecond: 50,
  },
  by: '0196f5a0-0000-7000-8000-000000000001',
  startedAt: '2026-11-24T10:00:00.000Z',
  updatedAt: '2026-11-24T10:00:04.000Z',
  progress: { planned: 400, sent: 200, refused: 0, parked: 1, gone: 0, returned: 0 },
} as const;
