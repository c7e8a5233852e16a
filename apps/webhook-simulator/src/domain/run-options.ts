import type { RunOptions, RunRequest } from '@contact-sync/api-contracts';
import type { FieldError } from '@contact-sync/domain';

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
