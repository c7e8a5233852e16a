import { createKeyRing, type KeyRing } from '@contact-sync/access';
import type { PublicJwk } from '@contact-sync/api-contracts';
import { checkServer, createKeys, createRedis, type Keys, type RedisConnection } from '@contact-sync/redis';
import {
  type Bulkhead,
  type Connected,
  createBulkhead,
  type ServiceContext,
} from '@contact-sync/service-kit';
import { createArgon2Passwords } from './adapters/argon2-passwords.ts';
import { createTokenSigner } from './adapters/jose-token-signer.ts';
import { createRedisLoginAttempts } from './adapters/redis-login-attempts.ts';
import { createRedisMachineClients } from './adapters/redis-machine-clients.ts';
import { createRedisRevocationLog } from './adapters/redis-revocation-log.ts';
import { createRedisSessions } from './adapters/redis-sessions.ts';
import { createRedisTokenRecords } from './adapters/redis-token-records.ts';
import { createRedisUsers } from './adapters/redis-users.ts';
import { watchRevocations } from './adapters/revocation-news.ts';
import { startBootstrapLoop } from './bootstrap-loop.ts';
import { longestTokenSeconds, type Settings } from './config.ts';
import type {
  LoginAttempts,
  MachineClients,
  Passwords,
  RevocationLog,
  RevocationNews,
  Sessions,
  TokenRecords,
  TokenSigner,
  Users,
} from './ports.ts';
import { bootstrap } from './use-cases/bootstrap.ts';

/** What the app works with. */
export type Dependencies = {
  readonly users: Users;
  readonly clients: MachineClients;
  readonly attempts: LoginAttempts;
  readonly sessions: Sessions;
  readonly records: TokenRecords;
  readonly log: RevocationLog;
  readonly news: RevocationNews;
  readonly passwords: Passwords;
  readonly signer: TokenSigner;
  readonly bulkhead: Bulkhead;
  readonly publishedKeys: readonly PublicJwk[];
  /** The same keys, for the tokens that auth-service itself is asked with. */
  readonly keys: KeyRing;
};

const FIRST_WAIT_MS = 1_000;
const FAILURE_MEMORY_MS = 3_600_000;
/** How long a refresh token that was used gives its child again (design section 4). */
const GRACE_MS = 10_000;
const MOST_SESSIONS = 100;
const NETWORK_MEMORY_MS = 30 * 86_400_000;

const fitRedis = (redis: RedisConnection) => async () => {
  const reasons = await checkServer(redis, { noEviction: true, appendOnly: true });
  if (reasons.length > 0) throw new Error(reasons.join(' '));
};

/** The published keys without a detour over HTTP. */
export const ownKeyRing = (publishedKeys: readonly PublicJwk[]): KeyRing =>
  createKeyRing({ load: async () => ({ keys: publishedKeys }), close: async () => undefined });

const createPorts = (redis: RedisConnection, namespace: Keys, settings: Settings) => {
  const [signingKey] = settings.signingKeys;
  const auditEntries = settings.AUDIT_ENTRIES;
  return {
    users: createRedisUsers(redis, namespace, { longestTokenSeconds, auditEntries }),
    clients: createRedisMachineClients(redis, namespace),
    attempts: createRedisLoginAttempts(redis, namespace, {
      freeFailures: settings.LOGIN_FREE_FAILURES,
      firstWaitMs: FIRST_WAIT_MS,
      maxWaitMs: settings.LOGIN_BACKOFF_MAX_SECONDS * 1_000,
      memoryMs: FAILURE_MEMORY_MS,
      knownMs: NETWORK_MEMORY_MS,
    }),
    sessions: createRedisSessions(redis, namespace, {
      unusedMs: settings.REFRESH_TOKEN_TTL_SECONDS * 1_000,
      longestMs: settings.SESSION_MAX_SECONDS * 1_000,
      graceMs: GRACE_MS,
      mostSessions: MOST_SESSIONS,
      auditEntries,
    }),
    records: createRedisTokenRecords(redis, namespace),
    log: createRedisRevocationLog(redis, namespace),
    signer: createTokenSigner(signingKey),
    bulkhead: createBulkhead({
      atOnce: settings.PASSWORD_CHECKS_AT_ONCE,
      waiting: settings.PASSWORD_CHECKS_WAITING,
      message: 'Too many logins at once.',
      internal: 'the queue of password checks is full',
    }),
  };
};

/** Connects to Redis and begins to prepare users and clients; neither is waited for. */
export const connectDependencies = async (
  settings: Settings,
  { logger }: ServiceContext,
): Promise<Dependencies & Connected> => {
  const redis = createRedis({ url: settings.REDIS_URL, clientName: 'auth-service', logger });
  const namespace = createKeys('auth');
  const ports = { ...createPorts(redis, namespace, settings), passwords: await createArgon2Passwords() };
  const publishedKeys = settings.signingKeys.map((key) => key.publicJwk);
  redis.connect();
  const news = watchRevocations(redis, namespace);
  const preparing = startBootstrapLoop(async () => {
    await redis.waitUntilReady(5_000);
    const { adminMade } = await bootstrap(ports, settings);
    if (adminMade) logger.info('the first admin was made');
  }, logger);
  return {
    ...ports,
    news,
    publishedKeys,
    keys: ownKeyRing(publishedKeys),
    checks: {
      redis: { gate: 'always', check: fitRedis(redis) },
      bootstrap: { gate: 'startup', check: preparing.check },
    },
    close: async () => {
      await preparing.stop();
      await news.close();
      await redis.close();
    },
  };
};
