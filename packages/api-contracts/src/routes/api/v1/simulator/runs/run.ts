import { type Static, Type } from 'typebox';
import { RunOptions } from './run-request.ts';
import { Verdict } from './verdict.ts';

const Time = Type.String({ format: 'date-time' });
const Count = Type.Integer({ minimum: 0 });

export const RunState = Type.Union([
  Type.Literal('sending'),
  Type.Literal('settling'),
  Type.Literal('verifying'),
  Type.Literal('done'),
  Type.Literal('failed'),
  Type.Literal('stopped'),
]);
export type RunState = Static<typeof RunState>;

/** How far a run has come. Counts of deliveries and of contacts. */
export const Progress = Type.Object({
  planned: Count,
  sent: Count,
  accepted: Count,
  refused: Count,
  contacts: Count,
  settled: Count,
  verified: Count,
});
export type Progress = Static<typeof Progress>;

/** One run as it is stored and shown. `verdict` stands once it is done, `failure` once it has failed. */
export const Run = Type.Object({
  id: Type.String({ format: 'uuid' }),
  state: RunState,
  options: RunOptions,
  progress: Progress,
  startedAt: Time,
  updatedAt: Time,
  finishedAt: Type.Optional(Time),
  verdict: Type.Optional(Verdict),
  failure: Type.Optional(Type.String({ description: 'Why there is no verdict' })),
});
export type Run = Static<typeof Run>;
