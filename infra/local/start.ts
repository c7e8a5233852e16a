/**
 * `npm start`: the whole system with a demo, until Ctrl-C. `npm run demo`: the same, and it ends after the demo. With
 * `--keep FOLDER` the data are there again at the next start with that folder.
 */
import { parseArgs } from 'node:util';
import { runCommand } from './command.ts';
import { runDemo } from './demo/run-demo.ts';
import { LaunchError, reasonOf } from './launch-error.ts';
import { createProgress } from './progress.ts';
import { startPlatform } from './start-platform.ts';

/** Throws a LaunchError where the command was not called as it can be. */
function readOptions() {
  try {
    const flag = { type: 'boolean', default: false } as const;
    return parseArgs({ options: { 'demo-only': flag, json: flag, keep: { type: 'string' } } }).values;
  } catch (error) {
    throw new LaunchError(reasonOf(error), {
      remedy: 'npm start [-- --keep FOLDER]; npm run demo [-- --json] [--keep FOLDER]',
      cause: error,
    });
  }
}

await runCommand(async (cleanUp) => {
  const options = readOptions();
  const progress = createProgress();
  const platform = await startPlatform({ cleanUp, progress, keep: options.keep });
  const { ok } = await runDemo(platform, { json: options.json });
  if (options['demo-only']) return ok ? 0 : 1;
  progress.note(`Running. Logs: ${platform.logDir}. Ctrl-C stops everything.`);
  return 'stays';
});
