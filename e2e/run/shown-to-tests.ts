import type { System } from '../src/system.ts';

/** A system that others use too: it is asked, and neither hurt, stopped nor set otherwise. */
export type RunSystem = Omit<
  System,
  'processes' | 'redis' | 'broker' | 'startCopy' | typeof Symbol.asyncDispose
>;

/** What tests are told of a system, as it goes through JSON. */
export const shownToTests = (system: System): RunSystem => {
  const { processes: _, redis: __, broker: ___, startCopy: ____, ...shown } = system;
  return shown;
};
