/** What the whole-system tests use of the launcher. */

export type { Addresses } from '@contact-sync/launcher/addresses.ts';
export { cached, cacheFolder } from '@contact-sync/launcher/artifacts/cache.ts';
export { fetchDebianRedis } from '@contact-sync/launcher/artifacts/debian-redis.ts';
export { findExecutable } from '@contact-sync/launcher/artifacts/executable.ts';
export { fetchJava } from '@contact-sync/launcher/artifacts/fetched-java.ts';
export { findJava } from '@contact-sync/launcher/artifacts/java.ts';
export { findPrometheus } from '@contact-sync/launcher/artifacts/prometheus.ts';
export { fetchServerFiles } from '@contact-sync/launcher/artifacts/server-files.ts';
export { buildServices } from '@contact-sync/launcher/build.ts';
export { deployTopics } from '@contact-sync/launcher/deploy-topics.ts';
export { startInfrastructure } from '@contact-sync/launcher/infrastructure.ts';
export { describeFailure, LaunchError } from '@contact-sync/launcher/launch-error.ts';
export { createProgress, type Progress } from '@contact-sync/launcher/progress.ts';
export { REDIS_USERS, type RedisUser, redisUsers } from '@contact-sync/launcher/redis-users.ts';
export { openRun, type Run } from '@contact-sync/launcher/run/run.ts';
export { type ServerProcess, startServer } from '@contact-sync/launcher/run/server-process.ts';
export { runTool } from '@contact-sync/launcher/run/tool.ts';
export { createSecrets, randomSecret } from '@contact-sync/launcher/secrets.ts';
export { newClusterId, SINGLE_BROKER_SETTINGS } from '@contact-sync/launcher/servers/kafka-settings.ts';
export { LOCAL_SETTINGS, REDIS_CONF } from '@contact-sync/launcher/servers/redis.ts';
export { askRedis } from '@contact-sync/launcher/servers/redis-answer.ts';
export {
  planCopy,
  planServices,
  SERVICE_NAMES,
  type ServiceName,
  type ServicePlans,
} from '@contact-sync/launcher/service-plan.ts';
export { type Services, startService, startServices } from '@contact-sync/launcher/services.ts';
