import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  buildServices,
  createProgress,
  createSecrets,
  deployTopics,
  openRun,
  planServices,
  type Services,
  startInfrastructure,
  startServices,
} from './launcher.ts';

/** The six services as built, on the servers of this test run. */
export type System = {
  readonly gatewayUrl: string;
  readonly ingestUrl: string;
  readonly admin: { readonly email: string; readonly password: string };
  /** The secret that AcmeCRM signs with. */
  readonly acmeSecret: string;
  readonly processes: Services['processes'];
  readonly [Symbol.asyncDispose]: () => Promise<void>;
};

const readAcmeSecret = async (file: string): Promise<string> => {
  const { secrets } = JSON.parse(await readFile(file, 'utf8')) as { secrets: { secret: string }[] };
  const [first] = secrets;
  if (!first) throw new Error('the launcher made no secret of AcmeCRM');
  return first.secret;
};

/**
 * Builds and starts the whole system. Servers are those that the environment names, as the global setup of the tests
 * leaves them there; where it names none they are started too. Everything ends on disposal, and with this process.
 */
export const startSystem = async (): Promise<System> => {
  await using started = new AsyncDisposableStack();
  const progress = createProgress();
  const run = await openRun(progress.note);
  started.defer(() => run.close());
  await buildServices(run, progress);
  const { environment, stop } = await startInfrastructure({ run, progress });
  started.defer(stop);
  await deployTopics(run, environment, progress);
  const secrets = await createSecrets(join(run.folder, 'secrets'));
  const plans = await planServices(environment, secrets);
  const services = await startServices(run, plans, progress);
  started.defer(() => services.stop());
  const owned = started.move();
  return {
    gatewayUrl: plans['gateway-api'].url,
    ingestUrl: plans['webhook-ingest'].url,
    admin: secrets.admin,
    acmeSecret: await readAcmeSecret(secrets.acmeSecretsFile),
    processes: services.processes,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
};
