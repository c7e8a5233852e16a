import { type Static, Type } from 'typebox';

/** A stretch of each so many seconds in which AcmeCRM's API answers nothing else; the two alike for all the time. */
const Failure = Type.Object(
  {
    as: Type.Enum(['limited', 'unavailable', 'unauthorized'], {
      description: '429 with Retry-After, 503, or 401 as with a wrong key',
    }),
    forSeconds: Type.Number({ exclusiveMinimum: 0, maximum: 3_600 }),
    everySeconds: Type.Number({ exclusiveMinimum: 0, maximum: 3_600 }),
  },
  { additionalProperties: false },
);

/** How AcmeCRM behaves beside what its API promises. What is absent it does as it ought to. */
export const AcmeConduct = Type.Object(
  {
    dropWebhooks: Type.Optional(
      Type.Object(
        {
          drop: Type.Integer({ minimum: 1, maximum: 100_000 }),
          of: Type.Integer({ minimum: 1, maximum: 100_000 }),
        },
        {
          additionalProperties: false,
          description: 'The first `drop` of every `of` webhooks are never sent',
        },
      ),
    ),
    webhookDelayMs: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 60_000,
        description:
          'A webhook waits up to as long, so that it may overtake and be overtaken, also by the answer',
      }),
    ),
    latencyMs: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 60_000, description: 'How long each answer of the API waits' }),
    ),
    normalises: Type.Optional(
      Type.Boolean({
        description: 'Texts are trimmed and phones are spelled its own way when they are written',
      }),
    ),
    refuses: Type.Optional(
      Type.Object(
        {
          share: Type.Number({ exclusiveMinimum: 0, maximum: 1 }),
          status: Type.Enum([400, 403, 500]),
        },
        {
          additionalProperties: false,
          description: 'Writes of this share of the contacts are refused, always of the same ones',
        },
      ),
    ),
    fails: Type.Optional(Type.Array(Failure, { maxItems: 4 })),
  },
  { additionalProperties: false },
);
export type AcmeConduct = Static<typeof AcmeConduct>;

export const exampleConduct = {
  dropWebhooks: { drop: 200, of: 5_000 },
  fails: [{ as: 'limited', forSeconds: 2, everySeconds: 30 }],
};
