/** `npm run dev` of one service, called in its folder: runs its sources and starts it again when one of them changes. */
import { basename } from 'node:path';
import { liveLauncher, serviceFile } from './dev-environment.ts';
import { recordDevProcess } from './dev-processes.ts';
import { environmentFiles } from './environment-files.ts';
import { describeFailure, LaunchError } from './launch-error.ts';
import { eventually } from './run/eventually.ts';

// The first start on a machine downloads the servers.
const LAUNCHER_WITHIN_MS = 10 * 60_000;

const service = basename(process.cwd());
const settings = serviceFile(service);

try {
  // Alone, a service makes do with well-known addresses; turbo starts the launcher beside it.
  if (process.env['TURBO_HASH'] !== undefined) await launcherIsReady();
  const files = await environmentFiles(process.cwd());
  if (process.execve === undefined)
    throw new LaunchError('The dev script needs Linux or macOS; on Windows work inside WSL.');
  await recordDevProcess(service);
  // Becomes the watcher instead of starting it: one process less to pass signals through.
  process.execve(
    process.execPath,
    [process.execPath, '--watch', '--conditions=source', ...files, 'src/main.ts'],
    process.env,
  );
} catch (error) {
  console.error(describeFailure(error));
  process.exitCode = 1;
}

async function launcherIsReady(): Promise<void> {
  if ((await liveLauncher(settings)) !== undefined) return;
  console.error('waiting for the infrastructure');
  const found = async () => {
    if ((await liveLauncher(settings)) === undefined) throw new Error(`no launcher wrote ${settings}`);
  };
  await eventually(found, { withinMs: LAUNCHER_WITHIN_MS, everyMs: 200 }).catch((cause: unknown) => {
    throw new LaunchError('The infrastructure did not come up.', {
      remedy: 'See what the infra task says, or start it apart with: npm run infra',
      cause,
    });
  });
}
