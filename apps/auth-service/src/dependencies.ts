import type { KeyRing } from '@contact-sync/access';
import { checkServer, createKeys, createRedis, type Keys, type RedisConnection } from '@contact-sync/redis';
import {
  type Bulkhead,
  type Connected,
  createBulkhead,
  redisMetrics,
  type ServiceContext,
} from '@contact-sync/service-kit';
import { createArgon2Passwords } from './adapters/argon2-passwords.ts';
import { followKeys } from './adapters/followed-keys.ts';
import { ownKeyRing } from './adapters/own-key-ring.ts';
import { createRedisAuditTrail } from './adapters/redis-audit-trail.ts';
import { createRedisKeyRevocations } from './adapters/redis-key-revocations.ts';
import { createRedisLoginAttempts } from './adapters/redis-login-attempts.ts';
import { createRedisMachineClients } from './adapters/redis-machine-clients.ts';
import { createRedisRevocationLog } from './adapters/redis-revocation-log.ts';
import { createRedisSessions } from './adapters/redis-sessions.ts';
import { createRedisTokenRecords } from './adapters/redis-token-records.ts';
import { createRedisUsers } from './adapters/redis-users.ts';
import { watchRevocations } from './adapters/revocation-news.ts';
import { createTokenSigner } from './adapters/token-signer.ts';
import { startBootstrapLoop } from './bootstrap-loop.ts';
import { longestTokenSeconds, type Settings } from './config.ts';
import type { CurrentKeys } from './domain/key-set.ts';
import type {
  AuditTrail,
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
  readonly trail: AuditTrail;
  readonly log: RevocationLog;
  readonly news: RevocationNews;
  readonly passwords: Passwords;
  readonly signer: TokenSigner;
  readonly bulkhead: Bulkhead;
  readonly signingKeys: CurrentKeys;
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

const createPorts = (redis: RedisConnection, namespace: Keys, settings: Settings) => {
  const auditEntries = settings.AUDIT_ENTRIES;
  const accounts = { longestTokenSeconds, auditEntries };
  return {
    users: createRedisUsers(redis, namespace, accounts),
    clients: createRedisMachineClients(redis, namespace, accounts),
    attempts: createRedisLoginAttempts(redis, namespace, {
      freeFailures: settings.LOGIN_FREE_FAILURES,
      freeNetworkFailures: settings.LOGIN_FREE_NETWORK_FAILURES,
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
    trail: createRedisAuditTrail(redis, namespace, { auditEntries }),
    log: createRedisRevocationLog(redis, namespace),
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
  { logger, metrics }: ServiceContext,
): Promise<Dependencies & Connected> => {
  const told = redisMetrics(metrics);
  const redis = told.watch(
    createRedis({ url: settings.REDIS_URL, clientName: 'auth-service', logger, onCall: told.onCall }),
  );
  const namespace = createKeys('auth');
  const ports = { ...createPorts(redis, namespace, settings), passwords: await createArgon2Passwords() };
  redis.connect();
  const news = watchRevocations(redis, namespace);
  const signingKeys = followKeys({
    initial: settings.signingKeys,
    file: settings.signingKeysFile,
    revocations: createRedisKeyRevocations(redis, namespace, {
      longestTokenSeconds,
      auditEntries: settings.AUDIT_ENTRIES,
    }),
    logger,
  });
  const preparing = startBootstrapLoop(async () => {
    await redis.waitUntilReady(5_000);
    const { adminMade } = await bootstrap(ports, settings);
    if (adminMade) logger.info('the first admin was made');
  }, logger);
  return {
    ...ports,
    news,
    signingKeys,
    signer: createTokenSigner(signingKeys),
    keys: ownKeyRing(signingKeys),
    checks: {
      redis: { gate: 'always', check: fitRedis(redis) },
      bootstrap: { gate: 'startup', check: preparing.check },
    },
    close: async () => {
      const prepared = preparing.stop();
      await Promise.all([news.close(), signingKeys.close()]);
      // Before what is awaited next: it may be a wait for Redis, which ends with the connection.
      await redis.close();
      await prepared;
    },
  };
};
