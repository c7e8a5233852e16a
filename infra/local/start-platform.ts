import { join } from 'node:path';
import { buildServices } from './build.ts';
import { deployTopics } from './deploy-topics.ts';
import { startInfrastructure } from './infrastructure.ts';
import { openKeptFolder } from './keep/kept-folder.ts';
import { keptSecretValues } from './keep/kept-secrets.ts';
import type { Platform } from './platform.ts';
import type { Progress } from './progress.ts';
import { openRun } from './run/run.ts';
import { createSecrets, newSecretValues } from './secrets.ts';
import { planServices, SERVICE_NAMES } from './service-plan.ts';
import { startServices } from './services.ts';

export interface StartOptions {
  cleanUp: AsyncDisposableStack;
  progress: Progress;
  /** A folder for the data, or undefined where they go with the run. */
  keep?: string | undefined;
}

/**
 * Builds and starts the whole system on this machine, on the well-known ports where they are free. What is to be undone
 * at the end is put on `cleanUp`.
 *
 * @throws {LaunchError} which says what to do.
 */
export async function startPlatform({ cleanUp, progress, keep }: StartOptions): Promise<Platform> {
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
    acmeSecretsFile: secrets.acmeSecretsFile,
    acmeApiKey: values.acmeApiKey,
    clientSecrets: secrets.clientSecrets,
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
