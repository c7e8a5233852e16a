/**
 * How often a law is tried, and from which seed. `runs` is the full number, of CI and of `PROPERTY_RUNS=full`; the
 * everyday run takes a quarter of it; a number in `PROPERTY_RUNS` holds for every law. `PROPERTY_SEED` repeats a run:
 * the seed, a new one by default, is printed at each.
 */
export const propertyRuns = (
  law: string,
  runs: number,
  environment: NodeJS.ProcessEnv = process.env,
): { readonly seed: number; readonly numRuns: number } => {
  const seed = Number(environment['PROPERTY_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  const numRuns = lengthOf(runs, environment);
  process.stdout.write(`${law}: ${numRuns} runs, PROPERTY_SEED=${seed}\n`);
  return { seed, numRuns };
};

const EVERYDAY_SHARE = 0.25;

const lengthOf = (runs: number, { PROPERTY_RUNS = '', CI = '' }: NodeJS.ProcessEnv): number => {
  if (PROPERTY_RUNS === 'full' || (PROPERTY_RUNS === '' && CI !== '')) return runs;
  if (PROPERTY_RUNS === '') return Math.ceil(runs * EVERYDAY_SHARE);
  const asked = Number(PROPERTY_RUNS);
  if (!Number.isInteger(asked) || asked < 1)
    throw new Error(`PROPERTY_RUNS is "${PROPERTY_RUNS}": neither full nor a number`);
  return asked;
};
