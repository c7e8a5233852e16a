import type { FieldError } from '@contact-sync/domain';
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

const defaults: RunOptions = {
  seed: 1,
  contacts: 100,
  events: 500,
  ratePerSecond: 100,
  duplicates: 0.1,
  reorderWindow: 20,
  deletes: 5,
  deleteBeforeCreate: 3,
  revives: 3,
  badSignatures: 1,
  malformed: 1,
  latencySampleEvery: 5,
  settleTimeoutSeconds: 60,
};

// A run that sends for longer than this is a load test and belongs elsewhere.
const MAX_SENDING_SECONDS = 600;

const fault = (pointer: string, detail: string): FieldError => ({ pointer, detail });

/** Deliveries of a run, planted ones included. */
export const deliveryCount = (options: RunOptions): number =>
  options.events +
  Math.round(options.events * options.duplicates) +
  options.badSignatures +
  options.malformed;

const faultsOf = (options: RunOptions): FieldError[] => {
  const special = options.deletes + options.deleteBeforeCreate + options.revives;
  // Each contact is created, a delete is a second event and a revival a third.
  const least = options.contacts + special + options.revives;
  const seconds = deliveryCount(options) / options.ratePerSecond;
  return [
    ...(special > options.contacts
      ? [fault('/contacts', `must be at least ${special} for this many deletes and revivals`)]
      : []),
    ...(least > options.events ? [fault('/events', `must be at least ${least} for these contacts`)] : []),
    ...(seconds > MAX_SENDING_SECONDS
      ? [fault('/ratePerSecond', `is too low: sending may take ${MAX_SENDING_SECONDS} s at most`)]
      : []),
  ];
};

/** Fills in the defaults and checks what a schema cannot: that the numbers fit each other. */
export const resolveOptions = (
  request: RunRequest,
): { options: RunOptions } | { faults: readonly FieldError[] } => {
  const special = request.contacts !== undefined && request.contacts < 20 ? few : {};
  const options = { ...defaults, ...special, ...request };
  const faults = faultsOf(options);
  return faults.length > 0 ? { faults } : { options };
};

// A handful of contacts has no room for the usual number of special ones.
const few = { deletes: 0, deleteBeforeCreate: 0, revives: 0 };
