/** `npm run infra`: the infrastructure alone, with topics and schemas, until Ctrl-C. Under turbo it serves the services' dev. */
import { join } from 'node:path';
import { runCommand } from './command.ts';
import { deployTopics } from './deploy-topics.ts';
import { INFRASTRUCTURE_FILE, liveLauncher, publishDevEnvironment, quoted } from './dev-environment.ts';
import { startInfrastructure } from './infrastructure.ts';
import { createProgress } from './progress.ts';
import { openRun } from './run/run.ts';
import { createSecrets } from './secrets.ts';
import { planServices } from './service-plan.ts';

await runCommand(async (cleanUp) => {
  const progress = createProgress();
  const other = await liveLauncher(INFRASTRUCTURE_FILE);
  if (other !== undefined && process.env['TURBO_HASH'] !== undefined) {
    progress.note(`The infrastructure of process ${other} serves this checkout; it is used.`);
    return 'stays';
  }
  const run = await openRun(progress.note);
  cleanUp.defer(() => run.close());
  const { environment, stop } = await startInfrastructure({ run, progress, preferWellKnownPorts: true });
  cleanUp.defer(stop);
  await deployTopics(run, environment, progress);
  if (other === undefined) {
    const secrets = await createSecrets(join(run.folder, 'secrets'));
    await publishDevEnvironment(run, environment, await planServices(environment, secrets));
    progress.note(`Ready. ${INFRASTRUCTURE_FILE} holds these settings too. Ctrl-C stops it.`);
  } else {
    progress.note(`Ready. ${INFRASTRUCTURE_FILE} belongs to process ${other}. Ctrl-C stops this one.`);
  }
  for (const [name, value] of Object.entries(environment)) console.log(`export ${name}=${quoted(value)}`);
  return 'stays';
});
