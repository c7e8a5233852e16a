import type { WriteBrake, WriteBrakeOperator } from '../src/write-back/ports.ts';

/** A brake that only this process has. */
export const memoryWriteBrake = (most: number): WriteBrake & WriteBrakeOperator => {
  const counted = new Set<string>();
  let since: number | undefined;
  let acceptedUntil = 0;
  return {
    admit: async ({ id, causedAt }) => {
      if (causedAt <= acceptedUntil) return true;
      if (since !== undefined) return false;
      if (counted.has(id)) return true;
      if (counted.size >= most) {
        since = Date.now();
        return false;
      }
      counted.add(id);
      return true;
    },
    holds: async (causedAt) => since !== undefined && causedAt > acceptedUntil,
    braked: async () => (since === undefined ? undefined : { since, counted: counted.size }),
    accept: async () => {
      if (since === undefined) return false;
      since = undefined;
      acceptedUntil = Date.now();
      counted.clear();
      return true;
    },
  };
};
