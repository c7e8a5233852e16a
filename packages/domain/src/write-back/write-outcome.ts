import { type Static, Type } from 'typebox';
import { WriteId } from './planned-write.ts';

const ofWrite = { id: Type.String({ format: 'uuid' }), writeId: WriteId };

/**
 * How a write ended to which AcmeCRM did not answer with a record; one that it did is an event of the apply route whose
 * `answers` names the write.
 */
export const WriteOutcome = Type.Union([
  Type.Object(
    {
      ...ofWrite,
      outcome: Type.Union([
        /** 412: the record is at another version. Fetch it, apply it, plan again. */
        Type.Literal('stale'),
        /** No answer, or none that tells whether it was done. The next plan gives the same write again, at once. */
        Type.Literal('lost'),
        /** It never left, and counts as not planned. */
        Type.Literal('not-sent'),
        /** 404. Deletes nothing; held, and among the conflicts. */
        Type.Literal('not-found'),
      ]),
    },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      ...ofWrite,
      outcome: Type.Union([
        /** 4xx of this record: AcmeCRM did not do it and will not. Held until the next edit. */
        Type.Literal('refused'),
        /** Tried for as long as it is worth; it may have been done. Held until the next edit. */
        Type.Literal('given-up'),
      ]),
      /** As the dead letter has it. */
      code: Type.String({ minLength: 1, maxLength: 64 }),
      /** Into AcmeCRM's record, as AcmeCRM told it. */
      pointer: Type.Optional(Type.String({ maxLength: 400 })),
    },
    { additionalProperties: false },
  ),
]);
export type WriteOutcome = Static<typeof WriteOutcome>;

/** `settled`: noted, now or before. `unknown`: no such write is under way any more, and nothing was changed. */
export const SettledWrite = Type.Object({
  ...ofWrite,
  result: Type.Union([Type.Literal('settled'), Type.Literal('unknown')]),
});
export type SettledWrite = Static<typeof SettledWrite>;
