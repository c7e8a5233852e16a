/** `npm start`: the whole system with a demo, until Ctrl-C. `npm run demo`: the same, and it ends after the demo. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildServices } from './build.ts';
import { runCommand } from './command.ts';
import { runDemo } from './demo/run-demo.ts';
import { deployTopics } from './deploy-topics.ts';
import { startInfrastructure } from './infrastructure.ts';
import type { Platform } from './platform.ts';
import { createProgress, type Progress } from './progress.ts';
import { openRun } from './run/run.ts';
import { createSecrets } from './secrets.ts';
import { planServices, SERVICE_NAMES } from './service-plan.ts';
import { startServices } from './services.ts';

async function startPlatform(cleanUp: AsyncDisposableStack, progress: Progress): Promise<Platform> {
  const run = await openRun(progress.note);
  cleanUp.defer(() => run.close());
  const [infrastructure] = await Promise.all([
    startInfrastructure({ run, progress, preferWellKnownPorts: true }),
    buildServices(run, progress),
  ]);
  cleanUp.defer(() => infrastructure.stop());
  await deployTopics(run, infrastructure.environment, progress);
  const secrets = await createSecrets(join(run.folder, 'secrets'));
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

await runCommand(async (cleanUp) => {
  const { values } = parseArgs({
    options: { 'demo-only': { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
  });
  const progress = createProgress();
  const platform = await startPlatform(cleanUp, progress);
  const { ok } = await runDemo(platform, { json: values.json });
  if (values['demo-only']) return ok ? 0 : 1;
  progress.note(`Running. Logs: ${platform.logDir}. Ctrl-C stops everything.`);
  return 'stays';
});
