/** What the whole-system tests use of the launcher. */

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
export { createProgress } from '@contact-sync/launcher/progress.ts';
export { openRun } from '@contact-sync/launcher/run/run.ts';
export { type ServerProcess, startServer } from '@contact-sync/launcher/run/server-process.ts';
export { runTool } from '@contact-sync/launcher/run/tool.ts';
export { createSecrets } from '@contact-sync/launcher/secrets.ts';
export {
  planCopy,
  planServices,
  SERVICE_NAMES,
  type ServiceName,
  type ServicePlans,
} from '@contact-sync/launcher/service-plan.ts';
export { type Services, startService, startServices } from '@contact-sync/launcher/services.ts';
