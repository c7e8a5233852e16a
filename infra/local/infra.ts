/** `npm run infra`: the infrastructure alone, with topics and schemas, until Ctrl-C. Under turbo it serves the services' dev. */
import { join } from 'node:path';
import { runCommand } from './command.ts';
import { deployTopics } from './deploy-topics.ts';
import { INFRASTRUCTURE_FILE, liveLauncher, publishDevEnvironment, quoted } from './dev-environment.ts';
import { endDevProcesses, forgetDevProcesses } from './dev-processes.ts';
import { startInfrastructure } from './infrastructure.ts';
import { createProgress } from './progress.ts';
import { openRun } from './run/run.ts';
import { createSecrets } from './secrets.ts';
import { planServices } from './service-plan.ts';

const DEV_SERVICES_GRACE_MS = 12_000;

await runCommand(async (cleanUp) => {
  const progress = createProgress();
  const underTurbo = process.env['TURBO_HASH'] !== undefined;
  const other = await liveLauncher(INFRASTRUCTURE_FILE);
  if (other !== undefined && underTurbo) {
    progress.note(`The infrastructure of process ${other} serves this checkout; it is used.`);
    return 'stays';
  }
  const run = await openRun(progress.note);
  cleanUp.defer(() => run.close());
  const { environment, stop } = await startInfrastructure({ run, progress, preferWellKnownPorts: true });
  cleanUp.defer(stop);
  await deployTopics(run, environment, progress);
  if (other === undefined) {
    await forgetDevProcesses();
    const secrets = await createSecrets(join(run.folder, 'secrets'));
    await publishDevEnvironment(run, environment, await planServices(environment, secrets));
    if (underTurbo) cleanUp.defer(() => endDevProcesses(DEV_SERVICES_GRACE_MS));
    progress.note(`Ready. ${INFRASTRUCTURE_FILE} holds these settings too. Ctrl-C stops it.`);
  } else {
    progress.note(`Ready. ${INFRASTRUCTURE_FILE} belongs to process ${other}. Ctrl-C stops this one.`);
  }
  for (const [name, value] of Object.entries(environment)) console.log(`export ${name}=${quoted(value)}`);
  return 'stays';
});
