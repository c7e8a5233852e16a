import { join } from 'node:path';
import type { Addresses } from './addresses.ts';
import { LaunchError } from './launch-error.ts';
import type { Progress } from './progress.ts';
import { REPOSITORY } from './repository.ts';
import { lastLines } from './run/log-tail.ts';
import type { Run } from './run/run.ts';
import { runTool } from './run/tool.ts';

/** Makes the topics and registers the schemas by the same command that a deployment uses; repeats do nothing. */
export async function deployTopics(run: Run, addresses: Addresses, progress: Progress): Promise<void> {
  await progress.step('Making topics and registering schemas', async () => {
    const script = join(REPOSITORY, 'infra/kafka/deploy.ts');
    const { exitCode, output } = await runTool(run, process.execPath, ['--conditions=source', script], {
      cwd: REPOSITORY,
      environment: { ...process.env, ...addresses },
    });
    if (exitCode !== 0)
      throw new LaunchError(`Topics and schemas could not be deployed:\n${lastLines(output, 20)}`);
  });
}
