/**
 * `npm run e2e`: the whole system alone. `npm run e2e -- full`: all tests, with every law by its full number of runs. What
 * follows is vitest's.
 */
import { parseCLI, startVitest } from 'vitest/node';

const [first, ...others] = process.argv.slice(2);
const full = first === 'full';
const parameters = full ? others : process.argv.slice(2);
if (full) process.env['PROPERTY_RUNS'] ??= 'full';

const { filter, options } = parseCLI(['vitest', 'run', ...parameters]);
const vitest = await startVitest('test', filter, { ...options, ...(full ? {} : { project: ['e2e'] }) });
await vitest.exit();
