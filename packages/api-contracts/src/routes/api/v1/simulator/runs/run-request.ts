import { type Static, Type } from 'typebox';

const count = (range: { minimum: number; maximum: number }, description: string) =>
  Type.Optional(Type.Integer({ ...range, description }));

/** What a caller may ask of a run. Where it sends is a setting of the process and never part of a request. */
export const RunRequest = Type.Object(
  {
    seed: count({ minimum: 0, maximum: 2_147_483_647 }, 'The same seed gives the same contacts and changes'),
    contacts: count({ minimum: 1, maximum: 1_000 }, 'Contacts that AcmeCRM has'),
    events: count({ minimum: 1, maximum: 20_000 }, 'Different events of these contacts together'),
    ratePerSecond: count({ minimum: 1, maximum: 500 }, 'Deliveries begun each second'),
    duplicates: Type.Optional(
      Type.Number({ minimum: 0, maximum: 1, description: 'Share of the events that are sent twice' }),
    ),
    reorderWindow: count({ minimum: 0, maximum: 500 }, 'Places by which a delivery may be late'),
    deletes: count({ minimum: 0, maximum: 1_000 }, 'Contacts that end deleted'),
    deleteBeforeCreate: count(
      { minimum: 0, maximum: 1_000 },
      'Contacts whose delete is sent before the rest',
    ),
    revives: count({ minimum: 0, maximum: 1_000 }, 'Contacts that are deleted and come back'),
    badSignatures: count({ minimum: 0, maximum: 100 }, 'Planted deliveries with a wrong signature'),
    malformed: count({ minimum: 0, maximum: 100 }, 'Planted deliveries with a broken body'),
    latencySampleEvery: count({ minimum: 1, maximum: 1_000 }, 'Every how many events one is timed'),
    settleTimeoutSeconds: count(
      { minimum: 1, maximum: 300 },
      'Longest wait for the last event to be visible',
    ),
  },
  { additionalProperties: false },
);
export type RunRequest = Static<typeof RunRequest>;

/** A request with every default filled in. */
export const RunOptions = Type.Required(RunRequest);
export type RunOptions = Static<typeof RunOptions>;
