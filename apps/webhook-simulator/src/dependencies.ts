import { type Access, connectAccess } from '@contact-sync/access';
import { checkServer, createRedis, type RedisConnection } from '@contact-sync/redis';
import type { Connected, ServiceContext } from '@contact-sync/service-kit';
import { createSecretStore } from '@contact-sync/webhook-signature';
import { v7 } from 'uuid';
import { createAcmeEndpoint } from './adapters/acme-endpoint.ts';
import { createGatewayReader } from './adapters/gateway-reader.ts';
import { createRedisRunStore } from './adapters/redis-run-store.ts';
import { systemClock } from './adapters/system-clock.ts';
import type { Config } from './config.ts';
import type { ContactReader } from './ports.ts';
import { createRunner, type Runner } from './use-cases/runner.ts';

export type Dependencies = Connected & Access & { readonly runner: Runner };

type Context = Pick<ServiceContext, 'logger' | 'metrics'>;

const connectRedis = ({ REDIS_URL }: Config, { logger }: Context): RedisConnection => {
  const redis = createRedis({ url: REDIS_URL, clientName: 'webhook-simulator', logger });
  redis.connect();
  return redis;
};

const redisCheck = async (redis: RedisConnection): Promise<void> => {
  const reasons = await checkServer(redis, { noEviction: true, appendOnly: true });
  if (reasons.length > 0) throw new Error(reasons.join(' '));
};

const connectEndpoint = async ({ ACME_SECRETS_FILE, INGEST_URL }: Config, { logger }: Context) => {
  const secrets = await createSecretStore({
    file: ACME_SECRETS_FILE,
    onReload: (ids) => logger.info({ ids }, 'secrets of AcmeCRM reloaded'),
    onError: (error) => logger.error({ err: error }, 'changed secrets of AcmeCRM are not usable'),
  });
  const endpoint = createAcmeEndpoint({ ingestUrl: INGEST_URL, secrets, clock: systemClock });
  return {
    endpoint,
    close: async () => {
      secrets.close();
      await endpoint.close();
    },
  };
};

const connectReader = (config: Config): ContactReader =>
  createGatewayReader({
    gatewayUrl: config.GATEWAY_URL,
    credentials: {
      clientId: config.SERVICE_CLIENT_ID,
      clientSecret: config.SERVICE_CLIENT_SECRET,
      scopes: ['contacts:read'],
    },
  });

/** The real adapters of webhook-simulator. The run that is active at the end is stored as failed. */
export const connectDependencies = async (config: Config, context: Context): Promise<Dependencies> => {
  const redis = connectRedis(config, context);
  const { endpoint, close: closeEndpoint } = await connectEndpoint(config, context);
  const access = connectAccess(config, context);
  const runner = createRunner({
    endpoint,
    reader: connectReader(config),
    store: createRedisRunStore(redis),
    clock: systemClock,
    random: Math.random,
    newId: () => v7(),
    onFault: ({ runId, message, cause }) => context.logger.error({ runId, err: cause }, message),
  });
  return {
    runner,
    keys: access.keys,
    revocations: access.revocations,
    checks: {
      redis: { gate: 'always', check: () => redisCheck(redis) },
      auth: { gate: 'startup', check: access.ready },
    },
    close: async () => {
      await runner.close();
      await Promise.all([closeEndpoint(), access.close()]);
      await redis.close();
    },
  };
};
