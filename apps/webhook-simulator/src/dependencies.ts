import { type Access, connectAccess } from '@contact-sync/access';
import type { RedisConnection } from '@contact-sync/redis';
import { type Buckets, checkServer, createKeys, createRedis, createRedisBuckets } from '@contact-sync/redis';
import {
  ConfigError,
  type Connected,
  redisMetrics,
  type ServiceContext,
  settingFault,
} from '@contact-sync/service-kit';
import { SecretFileError } from '@contact-sync/webhook-signature';
import { v7 } from 'uuid';
import { connectSystem } from './adapters/connect-system.ts';
import { createRedisConduct } from './adapters/crm/redis-conduct.ts';
import { createRedisCrmEvents } from './adapters/crm/redis-crm-events.ts';
import { createRedisCrmStore } from './adapters/crm/redis-crm-store.ts';
import { createRedisDeliveryLog } from './adapters/redis-delivery-log.ts';
import { createRedisRunStore } from './adapters/redis-run-store.ts';
import { systemClock } from './adapters/system-clock.ts';
import type { Config } from './config.ts';
import type { CrmConduct, CrmStore } from './crm-ports.ts';
import type { Clock, DeliveryLog, Targets } from './ports.ts';
import { type Crm, createCrm } from './use-cases/crm.ts';
import { createDeliveries, type Deliveries } from './use-cases/deliveries.ts';
import { createRunner, type Runner } from './use-cases/runner.ts';
import { type ChangesSender, deliverChange, sendChanges } from './use-cases/send-changes.ts';

export type Dependencies = Connected &
  Access & {
    readonly runner: Runner;
    readonly deliveries: Deliveries;
    readonly log: DeliveryLog;
    readonly targets: Targets;
    readonly crm: Crm;
    readonly crmStore: CrmStore;
    readonly conduct: CrmConduct;
    readonly buckets: Buckets;
    readonly clock: Clock;
  };

type Context = Pick<ServiceContext, 'logger' | 'metrics'>;

const connectRedis = ({ REDIS_URL: url }: Config, { logger, metrics }: Context): RedisConnection => {
  const { onCall, watch } = redisMetrics(metrics);
  const redis = watch(createRedis({ url, clientName: 'webhook-simulator', logger, onCall }));
  redis.connect();
  return redis;
};

const redisCheck = async (redis: RedisConnection): Promise<void> => {
  const reasons = await checkServer(redis, { noEviction: true, appendOnly: true });
  if (reasons.length > 0) throw new Error(reasons.join(' '));
};

const refuseSecrets = (error: unknown): never => {
  if (!(error instanceof SecretFileError)) throw error;
  throw new ConfigError([settingFault('ACME_SECRETS_FILE', error.message, '/run/secrets/acme-secrets.json')]);
};

const connectTarget = (config: Config, { logger }: Pick<Context, 'logger'>) =>
  connectSystem(
    {
      ingestUrl: config.INGEST_URL,
      otherTargets: config.SIMULATOR_TARGETS,
      gatewayUrl: config.GATEWAY_URL,
      acmeSecretsFile: config.ACME_SECRETS_FILE,
      scheme: config.WEBHOOK_SCHEME,
      clientId: config.SERVICE_CLIENT_ID,
      clientSecret: config.SERVICE_CLIENT_SECRET,
    },
    {
      onReload: (ids) => logger.info({ ids }, 'secrets of AcmeCRM reloaded'),
      onError: (error) => logger.error({ err: error }, 'changed secrets of AcmeCRM are not usable'),
    },
  ).catch(refuseSecrets);

const common = { clock: systemClock, random: Math.random, newId: () => v7() };

/** AcmeCRM's store, its rules, and the sender of its webhooks, which is idle where the simulator is disabled. */
const connectCrm = (
  redis: RedisConnection,
  shared: { readonly targets: Targets; readonly log: DeliveryLog },
  { config, logger }: { readonly config: Config; readonly logger: Context['logger'] },
) => {
  const [store, conduct] = [createRedisCrmStore(redis), createRedisConduct(redis)];
  let sender: ChangesSender | undefined;
  const crm = createCrm({ store, conduct, ...common, onChange: () => sender?.nudge() });
  if (config.SIMULATOR_ENABLED) {
    sender = sendChanges({
      ...common,
      events: createRedisCrmEvents(redis, { copy: v7() }),
      deliver: deliverChange({ ...shared, ...common, conduct }),
      onFault: (cause) => logger.error({ err: cause }, 'a webhook of AcmeCRM could not be sent'),
    });
  }
  return { crm, crmStore: store, conduct, close: async () => void (await sender?.close()) };
};

const closed = async (...closers: readonly (() => Promise<void>)[]): Promise<void> => {
  for (const close of closers) await close();
};

/** The real adapters of webhook-simulator. The run that is active at the end is stored as failed. */
export const connectDependencies = async (config: Config, context: Context): Promise<Dependencies> => {
  const { logger } = context;
  const redis = connectRedis(config, context);
  const { close: closeSystem, ...system } = await connectTarget(config, { logger });
  const access = connectAccess(config, context);
  const log = createRedisDeliveryLog(redis, {
    onLoss: (count, cause) => logger.warn({ count, err: cause }, 'deliveries could not be logged'),
  });
  const { targets } = system;
  const { close: closeCrm, ...crm } = connectCrm(redis, { targets, log }, { config, logger });
  const runner = createRunner({
    ...system,
    ...common,
    log,
    acme: crm,
    store: createRedisRunStore(redis),
    onFault: ({ runId, message, cause }) => logger.error({ runId, err: cause }, message),
  });
  return {
    ...crm,
    clock: systemClock,
    keys: access.keys,
    revocations: access.revocations,
    runner,
    log,
    targets,
    deliveries: createDeliveries({ targets, log, ...common }),
    buckets: createRedisBuckets(redis, createKeys('simulator')),
    checks: {
      redis: { gate: 'always', check: () => redisCheck(redis) },
      auth: { gate: 'startup', check: access.ready },
    },
    close: () => closed(closeCrm, runner.close, log.close, closeSystem, access.close, redis.close),
  };
};
