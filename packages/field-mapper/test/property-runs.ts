/**
 * How often a law is tried, and from which seed: `PROPERTY_RUNS` and `PROPERTY_SEED`, else 500 and a new one. The
 * seed is printed at each run, so that any run can be had again.
 */
export const propertyRuns = (law: string): { readonly seed: number; readonly numRuns: number } => {
  const seed = Number(process.env['PROPERTY_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  const numRuns = Number(process.env['PROPERTY_RUNS'] ?? 500);
  process.stdout.write(`${law}: ${numRuns} runs, PROPERTY_SEED=${seed}\n`);
  return { seed, numRuns };
};
