import { type Static, Type } from 'typebox';

const seed = Type.Integer({
  minimum: 0,
  maximum: 2_147_483_647,
  description: 'The same seed gives the same traffic; ids differ with each run',
});
const count = Type.Integer({ minimum: 1, maximum: 20_000, description: 'Events of a scenario, about' });
const ratePerSecond = Type.Number({
  minimum: 0.1,
  maximum: 5_000,
  description: 'Deliveries of a scenario that begin each second, whatever became of those before',
});
const settleTimeoutSeconds = Type.Integer({
  minimum: 1,
  maximum: 900,
  description: 'Longest wait until the last version of each contact shows',
});
const latencySampleEvery = Type.Integer({
  minimum: 1,
  maximum: 1_000,
  description: 'Every how many events one is timed',
});
const name = Type.String({ minLength: 1, maxLength: 64, description: 'One of the list of scenarios' });
const parameters = Type.Record(Type.String({ pattern: '^[a-zA-Z]{1,32}$' }), Type.Number(), {
  maxProperties: 16,
  description: "The scenario's own, within its bounds",
});

const target = Type.String({
  minLength: 1,
  maxLength: 256,
  description: 'Where deliveries go: one of the targets that the status names, the first by default',
});

/** One scenario of a run; what it leaves out is the run's. */
const RequestedPart = Type.Object(
  {
    name,
    count: Type.Optional(count),
    ratePerSecond: Type.Optional(ratePerSecond),
    parameters: Type.Optional(parameters),
  },
  { additionalProperties: false },
);

/** What a caller may ask of a run: scenarios that go on beside each other, each with contacts of its own. */
export const RunRequest = Type.Object(
  {
    scenarios: Type.Optional(Type.Array(RequestedPart, { minItems: 1, maxItems: 64 })),
    seed: Type.Optional(seed),
    count: Type.Optional(count),
    ratePerSecond: Type.Optional(ratePerSecond),
    settleTimeoutSeconds: Type.Optional(settleTimeoutSeconds),
    latencySampleEvery: Type.Optional(latencySampleEvery),
    target: Type.Optional(target),
  },
  { additionalProperties: false },
);
export type RunRequest = Static<typeof RunRequest>;

/** A request with every default filled in. */
export const RunOptions = Type.Object({
  scenarios: Type.Array(Type.Object({ name, count, ratePerSecond, parameters })),
  seed,
  settleTimeoutSeconds,
  latencySampleEvery,
  target: Type.Optional(target),
});
export type RunOptions = Static<typeof RunOptions>;
