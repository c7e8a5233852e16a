import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Addresses,
  buildServices,
  createProgress,
  createSecrets,
  deployTopics,
  openRun,
  type Progress,
  planCopy,
  planServices,
  type Run,
  SERVICE_NAMES,
  type ServerProcess,
  type ServiceName,
  type ServicePlans,
  type Services,
  startInfrastructure,
  startService,
  startServices,
} from './launcher.ts';
import { workerBroker } from './worker-broker.ts';

/** The six services as built. */
export type System = {
  readonly gatewayUrl: string;
  readonly ingestUrl: string;
  /** Where the services keep their data, for tests that go behind their backs. */
  readonly redisUrl: string;
  readonly registryUrl: string;
  /** Where each service listens, past the gateway. */
  readonly urls: Readonly<Record<ServiceName, string>>;
  /** Where each service tells its metrics. */
  readonly opsUrls: Readonly<Record<ServiceName, string>>;
  /** Where each service logs, to `<name>.log`. */
  readonly logFolder: string;
  /** Where event-worker tells its metrics. */
  readonly workerOpsUrl: string;
  readonly admin: { readonly email: string; readonly password: string };
  /** The secret that AcmeCRM signs with. */
  readonly acmeSecret: string;
  /** The file with it, as the services have it. */
  readonly acmeSecretsFile: string;
  /** The key of AcmeCRM's API, which the simulator serves. */
  readonly acmeApiKey: string;
  /** A machine client that may call public routes. */
  readonly machine: { readonly id: string; readonly secret: string };
  /** The keys that auth-service signs with. */
  readonly signingKeysFile: string;
  readonly processes: Services['processes'];
  /** Its Redis, where it is the system's own. */
  readonly redis: ServerProcess | undefined;
  /**
   * Starts a further copy of a service, with other settings where they are given, which whoever asks for it stops; else it
   * ends with the system.
   */
  startCopy(name: ServiceName, changes?: Readonly<Record<string, string>>): Promise<ServiceCopy>;
  readonly kafkaBrokers: string;
  /** The broker, where it is the system's own. */
  readonly broker?: ServerProcess;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
};

export type ServiceCopy = { readonly process: ServerProcess; readonly port: number; readonly opsUrl: string };

/** Settings of services beside those that the launcher gives. */
export type SettingChanges = Readonly<Partial<Record<ServiceName, Readonly<Record<string, string>>>>>;

/** Or what they are for services that will listen there. */
type ChangesFor = SettingChanges | ((urls: System['urls']) => SettingChanges);

/** What a system stands on, and what is told of it beside the addresses. */
export type SystemServers = {
  readonly environment: Addresses;
  readonly settings?: SettingChanges;
  /** Settings of the deploy step. */
  readonly deployment?: Readonly<Record<string, string>>;
  readonly broker?: ServerProcess | undefined;
  readonly redis?: ServerProcess | undefined;
  readonly stop: () => Promise<void>;
};

export type SystemOptions = {
  /** Kafka is the system's own too, to be hurt. */
  readonly ownBroker?: boolean;
  /** Edits are written to AcmeCRM, whose store most tests leave empty. */
  readonly bothWays?: boolean;
  /** Told where the services will listen, before they start. */
  readonly planned?: (plans: ServicePlans) => void;
  /** Starts all servers, instead of those of the run. */
  readonly servers?: (run: Run, progress: Progress) => Promise<SystemServers>;
};

/** Tests have workers, of which each runs its files one by one, and starts systems beside those of the others. */
const worker = process.env['VITEST_POOL_ID'];

const brokersFor = async (ownBroker: boolean): Promise<{ readonly KAFKA_BROKERS?: string }> => {
  if (ownBroker) return { KAFKA_BROKERS: '' };
  return worker !== undefined ? { KAFKA_BROKERS: await workerBroker() } : {};
};

const usualServers =
  (ownBroker: boolean) =>
  async (run: Run, progress: Progress): Promise<SystemServers> => {
    const { environment, processes, stop } = await startInfrastructure({
      run,
      progress,
      environment: { ...process.env, REDIS_URL: '', ...(await brokersFor(ownBroker)) },
    });
    return { environment, stop, redis: processes.redis, ...(ownBroker && { broker: processes.kafka }) };
  };

const urlsOf = (plans: ServicePlans, which: 'url' | 'opsUrl') =>
  Object.fromEntries(SERVICE_NAMES.map((name) => [name, plans[name][which]])) as Record<ServiceName, string>;

/**
 * Builds and starts the whole system. Kafka and registry are those that the environment names, as the global setup of the
 * tests leaves them there; where it names none they are started too. In a worker of the tests Kafka is the worker's
 * ({@link workerBroker}). Redis is its own: users and their passwords are of the first that starts on it. Everything ends
 * on disposal, and with this process.
 * `changes` are settings beside those that the launcher gives.
 */
export const startSystem = async (
  changes: ChangesFor = {},
  {
    ownBroker = false,
    bothWays = false,
    planned = () => undefined,
    servers = usualServers(ownBroker),
  }: SystemOptions = {},
): Promise<System> => {
  await using started = new AsyncDisposableStack();
  const progress = createProgress();
  const run = await openRun(progress.note);
  started.defer(() => run.close());
  if (process.env['SERVICES_ARE_BUILT'] === undefined) await buildServices(run, progress);
  const { environment, settings, deployment, broker, redis, stop } = await servers(run, progress);
  started.defer(stop);
  await deployTopics(run, { ...environment, ...deployment }, progress);
  const secrets = await createSecrets(join(run.folder, 'secrets'));
  const plans = await planServices(environment, secrets, { preferWellKnownPorts: false });
  if (!bothWays) Object.assign(plans['event-worker'].settings, { ACME_API_URL: '' });
  const changed = typeof changes === 'function' ? changes(urlsOf(plans, 'url')) : changes;
  for (const name of SERVICE_NAMES) Object.assign(plans[name].settings, settings?.[name], changed[name]);
  planned(plans);
  const services = await startServices(run, plans, progress);
  started.defer(() => services.stop());
  const owned = started.move();
  return {
    gatewayUrl: plans['gateway-api'].url,
    ingestUrl: plans['webhook-ingest'].url,
    urls: urlsOf(plans, 'url'),
    opsUrls: urlsOf(plans, 'opsUrl'),
    logFolder: run.logFolder,
    workerOpsUrl: plans['event-worker'].opsUrl,
    admin: secrets.admin,
    acmeSecret: secrets.acmeSecret,
    acmeSecretsFile: secrets.acmeSecretsFile,
    acmeApiKey: await readFile(secrets.acmeApiKeyFile, 'utf8'),
    machine: { id: 'webhook-simulator', secret: secrets.clientSecrets['webhook-simulator'] },
    redisUrl: environment.REDIS_URL,
    registryUrl: environment.SCHEMA_REGISTRY_URL,
    signingKeysFile: secrets.signingKeysFile,
    processes: services.processes,
    startCopy: async (name, changes = {}) => {
      const plan = await planCopy(plans[name]);
      Object.assign(plan.settings, changes);
      return { process: await startService(run, plan), port: plan.port, opsUrl: plan.opsUrl };
    },
    kafkaBrokers: environment.KAFKA_BROKERS,
    redis,
    ...(broker !== undefined && { broker }),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
};
