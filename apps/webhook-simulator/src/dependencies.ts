import { createKeyRing, type KeyRing, remoteJwks } from '@contact-sync/access';
import { checkServer, createRedis, type RedisConnection } from '@contact-sync/redis';
import type { Connected, ServiceContext } from '@contact-sync/service-kit';
import { v7 } from 'uuid';
import { connectRun } from './adapters/connect-run.ts';
import { createRedisRunStore } from './adapters/redis-run-store.ts';
import type { Config } from './config.ts';
import { createRunner, type Runner } from './use-cases/runner.ts';

export type Dependencies = Connected & { readonly runner: Runner; readonly keys: KeyRing };

type Context = Pick<ServiceContext, 'logger'>;

const connectRedis = ({ REDIS_URL }: Config, { logger }: Context): RedisConnection => {
  const redis = createRedis({ url: REDIS_URL, clientName: 'webhook-simulator', logger });
  redis.connect();
  return redis;
};

const redisCheck = async (redis: RedisConnection): Promise<void> => {
  const reasons = await checkServer(redis, { noEviction: true, appendOnly: true });
  if (reasons.length > 0) throw new Error(reasons.join(' '));
};

const connectSystem = (config: Config, { logger }: Context) =>
  connectRun(
    {
      ingestUrl: config.INGEST_URL,
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
  );

/** The real adapters of webhook-simulator. The run that is active at the end is stored as failed. */
export const connectDependencies = async (config: Config, context: Context): Promise<Dependencies> => {
  const redis = connectRedis(config, context);
  const system = await connectSystem(config, context);
  const keys = createKeyRing(remoteJwks({ authUrl: config.AUTH_URL }));
  const runner = createRunner({
    ...system.dependencies,
    store: createRedisRunStore(redis),
    newId: () => v7(),
    onFault: ({ runId, message, cause }) => context.logger.error({ runId, err: cause }, message),
  });
  return {
    runner,
    keys,
    checks: {
      redis: { gate: 'always', check: () => redisCheck(redis) },
      auth: { gate: 'startup', check: keys.ready },
    },
    close: async () => {
      await runner.close();
      await Promise.all([system.close(), keys.close()]);
      await redis.close();
    },
  };
};
