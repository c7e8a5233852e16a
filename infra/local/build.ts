import { join } from 'node:path';
import { LaunchError } from './launch-error.ts';
import type { Progress } from './progress.ts';
import { REPOSITORY } from './repository.ts';
import { lastLines } from './run/log-tail.ts';
import type { Run } from './run/run.ts';
import { runTool } from './run/tool.ts';

/** Builds what changed since the last build. */
export async function buildServices(run: Run, progress: Progress): Promise<void> {
  await progress.step('Building the services', async () => {
    const turbo = join(REPOSITORY, 'node_modules/.bin/turbo');
    const { exitCode, output } = await runTool(run, turbo, ['build', '--output-logs=errors-only'], {
      cwd: REPOSITORY,
      environment: { ...process.env, DO_NOT_TRACK: '1', TURBO_TELEMETRY_DISABLED: '1' },
    });
    if (exitCode !== 0) throw new LaunchError(`The build failed:\n${lastLines(output, 40)}`);
  });
}
