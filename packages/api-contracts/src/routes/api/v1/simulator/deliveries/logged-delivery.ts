import { type Static, Type } from 'typebox';

const Time = Type.String({ format: 'date-time' });

/** One POST and what came of it. */
export const DeliveryAttempt = Type.Object({
  number: Type.Integer({ minimum: 1 }),
  at: Time,
  /** Until the answer, or until there was none. */
  latencyMs: Type.Number(),
  /** Absent where there was no answer. */
  status: Type.Optional(Type.Integer()),
  code: Type.Optional(Type.String()),
});
export type DeliveryAttempt = Static<typeof DeliveryAttempt>;

export const DeliveryState = Type.Enum(['accepted', 'refused', 'unanswered']);

/** A delivery with its attempts, as it is kept for a day; the newest 5,000 are kept. */
export const LoggedDelivery = Type.Object({
  id: Type.String({ format: 'uuid' }),
  /** Of a run; absent for a change in AcmeCRM's store and for one that was sent by hand. */
  runId: Type.Optional(Type.String()),
  scenario: Type.Optional(Type.String()),
  eventIds: Type.Array(Type.String()),
  acmeId: Type.Optional(Type.String()),
  target: Type.String(),
  /** What was done to it: `none` where it was sent as it ought to be. */
  fault: Type.String(),
  state: DeliveryState,
  attempts: Type.Array(DeliveryAttempt),
  /** As it was signed; left out where it is longer than 16 KiB, and then it cannot be sent again. */
  body: Type.Optional(Type.String()),
  redeliveryOf: Type.Optional(Type.String({ format: 'uuid' })),
});
export type LoggedDelivery = Static<typeof LoggedDelivery>;

export const deliveryParams = Type.Object({
  id: Type.String({ format: 'uuid', description: "The delivery's id" }),
});
