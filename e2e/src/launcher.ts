/** The launcher of infra/local, which is no package because it must run on a bare checkout without a build. */

// @boundaries-ignore e2e tests start the system as the launcher does
export { buildServices } from '../../infra/local/build.ts';
// @boundaries-ignore e2e tests start the system as the launcher does
export { deployTopics } from '../../infra/local/deploy-topics.ts';
// @boundaries-ignore e2e tests start the system as the launcher does
export { startInfrastructure } from '../../infra/local/infrastructure.ts';
// @boundaries-ignore e2e tests start the system as the launcher does
export { createProgress } from '../../infra/local/progress.ts';
// @boundaries-ignore e2e tests start the system as the launcher does
export { openRun } from '../../infra/local/run/run.ts';
// @boundaries-ignore e2e tests start the system as the launcher does
export { createSecrets } from '../../infra/local/secrets.ts';
// @boundaries-ignore e2e tests start the system as the launcher does
export { planServices } from '../../infra/local/service-plan.ts';
// @boundaries-ignore e2e tests start the system as the launcher does
export { type Services, startServices } from '../../infra/local/services.ts';
