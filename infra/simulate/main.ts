/**
 * `npm run simulate -- <scenario>|all`: plays AcmeCRM and says what became of every event; against the system that
 * `--target` names, or one that is started here and ended. Exit codes: the simulator's.
 */
import { runCommand } from '@contact-sync/launcher/command.ts';
import { createProgress } from '@contact-sync/launcher/progress.ts';
import { startPlatform } from '@contact-sync/launcher/start-platform.ts';
import { readCommandLine } from './command-line.ts';
import { settingsFor, simulate } from './simulator.ts';

await runCommand(async (cleanUp) => {
  const calledFrom = process.env['INIT_CWD'] ?? process.cwd();
  const { startsSystem, args } = readCommandLine(process.argv.slice(2), calledFrom);
  if (!startsSystem) return simulate(args, {}, cleanUp);
  const platform = await startPlatform({ cleanUp, progress: createProgress() });
  return simulate(args, settingsFor(platform), cleanUp);
});
