/**
 * How often a law is tried, and from which seed: `PROPERTY_RUNS` and `PROPERTY_SEED`, else 2,000 and a new one; a
 * `share` below 1 is for the lesser laws. The seed is printed at each run, so that any run can be had again.
 */
export const propertyRuns = (law: string, share = 1): { readonly seed: number; readonly numRuns: number } => {
  const seed = Number(process.env['PROPERTY_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  const numRuns = Math.ceil(Number(process.env['PROPERTY_RUNS'] ?? 2_000) * share);
  process.stdout.write(`${law}: ${numRuns} runs, PROPERTY_SEED=${seed}\n`);
  return { seed, numRuns };
};
