import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ADDRESS_SETTING } from '@contact-sync/launcher/addresses.ts';
import { buildServices } from '@contact-sync/launcher/build.ts';
import { deployTopics } from '@contact-sync/launcher/deploy-topics.ts';
import { startInfrastructure } from '@contact-sync/launcher/infrastructure.ts';
import type { Progress } from '@contact-sync/launcher/progress.ts';
import { REPOSITORY } from '@contact-sync/launcher/repository.ts';
import { openRun, type Run } from '@contact-sync/launcher/run/run.ts';
import { type ServerProcess, startServer } from '@contact-sync/launcher/run/server-process.ts';
import { createSecrets, type Secrets } from '@contact-sync/launcher/secrets.ts';
import { answersOk } from '@contact-sync/launcher/servers/http-answer.ts';
import { serviceCommand } from '@contact-sync/launcher/service-command.ts';
import { planServices, type ServiceName, type ServicePlan } from '@contact-sync/launcher/service-plan.ts';
import { choosePort } from '@contact-sync/testing/ports.ts';
import type { Pids } from './process-usage.ts';

const readyWithinMs = 60_000;
const stopGraceMs = 12_000;

/** Real servers of this run's own, and services as production runs them. */
export type Stage = {
  readonly kafkaBrokers: string;
  readonly registryUrl: string;
  readonly redisUrl: string;
  readonly secrets: Secrets;
  /** The secret that AcmeCRM signs with. */
  readonly acmeSecret: string;
  readonly urlOf: (name: ServiceName) => string;
  readonly opsUrlOf: (name: ServiceName) => string;
  /** Settings beside those that the launcher gives, before it is started. */
  change(name: ServiceName, settings: Readonly<Record<string, string>>): void;
  /** Starts these, in order, each ready before the next, and nothing else: an idle service still takes its turns. */
  start(...names: readonly ServiceName[]): Promise<void>;
  /** Ends one in order; it may be started again. */
  stop(name: ServiceName): Promise<void>;
  /** Starts a further copy under a name and on ports of its own; resolves with where it listens. */
  startCopy(name: ServiceName, copy: { name: string; settings: Record<string, string> }): Promise<string>;
  /** Every server and service that runs, by name. */
  pids(): Pids;
};

export type StageOptions = { readonly cleanUp: AsyncDisposableStack; readonly progress: Progress };

/** Addresses given from outside are left out: what runs there would be measured too, and filled with the bench's data. */
const ownServersOnly = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv => {
  const given: ReadonlySet<string> = new Set(Object.values(ADDRESS_SETTING));
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !given.has(name)));
};

const startService = (run: Run, plan: ServicePlan, name: string = plan.name) =>
  startServer(run, {
    name,
    port: plan.port,
    command: process.execPath,
    parameters: serviceCommand(plan.name),
    cwd: join(REPOSITORY, 'apps', plan.name),
    environment: { ...ownServersOnly(process.env), ...plan.settings, LOG_LEVEL: 'info' },
    readyWithinMs,
    ready: () => answersOk(`${plan.opsUrl}/readyz`),
  });

const planCopy = async (plan: ServicePlan, settings: Record<string, string>): Promise<ServicePlan> => {
  const [port, opsPort] = [await choosePort(), await choosePort()];
  return {
    ...plan,
    port,
    opsPort,
    url: `http://127.0.0.1:${port}`,
    opsUrl: `http://127.0.0.1:${opsPort}`,
    settings: { ...plan.settings, ...settings, PORT: String(port), OPS_PORT: String(opsPort) },
  };
};

const readAcmeSecret = async (file: string): Promise<string> => {
  const { secrets } = JSON.parse(await readFile(file, 'utf8')) as { secrets: [{ secret: string }] };
  return secrets[0].secret;
};

/** Builds what changed, starts Kafka, registry and Redis and deploys topics and schemas. All of it ends with `cleanUp`. */
export const openStage = async ({ cleanUp, progress }: StageOptions): Promise<Stage> => {
  const run = await openRun(progress.note);
  cleanUp.defer(() => run.close());
  const [infrastructure] = await Promise.all([
    startInfrastructure({ run, progress, environment: ownServersOnly(process.env), optimised: true }),
    buildServices(run, progress),
  ]);
  cleanUp.defer(() => infrastructure.stop());
  const { environment } = infrastructure;
  await deployTopics(run, environment, progress);
  const secrets = await createSecrets(join(run.folder, 'secrets'));
  const plans = await planServices(environment, secrets);
  // A bench that is about something else writes to no AcmeCRM.
  plans['event-worker'].settings['ACME_API_URL'] = '';
  const running: Record<string, { readonly pid: number }> = { ...infrastructure.processes };
  const services = new Map<ServiceName, ServerProcess>();
  return {
    kafkaBrokers: environment.KAFKA_BROKERS,
    registryUrl: environment.SCHEMA_REGISTRY_URL,
    redisUrl: environment.REDIS_URL,
    secrets,
    acmeSecret: await readAcmeSecret(secrets.acmeSecretsFile),
    urlOf: (name) => plans[name].url,
    opsUrlOf: (name) => plans[name].opsUrl,
    change: (name, settings) => void Object.assign(plans[name].settings, settings),
    async start(...names) {
      for (const name of names) {
        const service = await progress.step(`Starting ${name}`, () => startService(run, plans[name]));
        cleanUp.defer(() => service.stop(stopGraceMs));
        running[name] = service;
        services.set(name, service);
      }
    },
    async stop(name) {
      await services.get(name)?.stop(stopGraceMs);
      delete running[name];
    },
    async startCopy(name, copy) {
      const plan = await planCopy(plans[name], copy.settings);
      const service = await progress.step(`Starting ${copy.name}`, () => startService(run, plan, copy.name));
      cleanUp.defer(() => service.stop(stopGraceMs));
      running[copy.name] = service;
      return plan.url;
    },
    pids: () => Object.fromEntries(Object.entries(running).map(([name, { pid }]) => [name, pid])),
  };
};
