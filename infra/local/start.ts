/**
 * `npm start`: the whole system with a demo, until Ctrl-C. `npm run demo`: the same, and it ends after the demo. With
 * `--keep FOLDER` the data are there again at the next start with that folder.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildServices } from './build.ts';
import { runCommand } from './command.ts';
import { runDemo } from './demo/run-demo.ts';
import { deployTopics } from './deploy-topics.ts';
import { startInfrastructure } from './infrastructure.ts';
import { openKeptFolder } from './keep/kept-folder.ts';
import { keptSecretValues } from './keep/kept-secrets.ts';
import { LaunchError, reasonOf } from './launch-error.ts';
import type { Platform } from './platform.ts';
import { createProgress, type Progress } from './progress.ts';
import { openRun } from './run/run.ts';
import { createSecrets, newSecretValues } from './secrets.ts';
import { planServices, SERVICE_NAMES } from './service-plan.ts';
import { startServices } from './services.ts';

interface Started {
  cleanUp: AsyncDisposableStack;
  progress: Progress;
  /** A folder for the data, or undefined where they go with the run. */
  keep: string | undefined;
}

async function startPlatform({ cleanUp, progress, keep }: Started): Promise<Platform> {
  const run = await openRun(progress.note);
  cleanUp.defer(() => run.close());
  // npm changes into the folder of the package; the path is meant from where it was called.
  const keptFolder =
    keep === undefined ? undefined : await openKeptFolder(run, keep, process.env['INIT_CWD']);
  const [infrastructure] = await Promise.all([
    startInfrastructure({ run, progress, preferWellKnownPorts: true, keptFolder }),
    buildServices(run, progress),
  ]);
  cleanUp.defer(() => infrastructure.stop());
  await deployTopics(run, infrastructure.environment, progress);
  const values = keptFolder === undefined ? newSecretValues() : await keptSecretValues(keptFolder);
  const secrets = await createSecrets(join(run.folder, 'secrets'), values);
  const plans = await planServices(infrastructure.environment, secrets);
  const services = await startServices(run, plans, progress);
  cleanUp.defer(() => services.stop());
  return {
    gatewayUrl: plans['gateway-api'].url,
    ingestUrl: plans['webhook-ingest'].url,
    simulatorUrl: plans['webhook-simulator'].url,
    opsUrls: ofEachService((name) => plans[name].opsUrl),
    pids: ofEachService((name) => services.processes[name].pid),
    admin: secrets.admin,
    acmeSecret: secrets.acmeSecret,
    startupSeconds: Math.round(performance.now() / 100) / 10,
    logDir: run.logFolder,
  };
}

function ofEachService<T>(value: (name: (typeof SERVICE_NAMES)[number]) => T) {
  return Object.fromEntries(SERVICE_NAMES.map((name) => [name, value(name)])) as Record<
    (typeof SERVICE_NAMES)[number],
    T
  >;
}

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
