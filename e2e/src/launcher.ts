/** What the whole-system tests use of the launcher. */

export { buildServices } from '@contact-sync/launcher/build.ts';
export { deployTopics } from '@contact-sync/launcher/deploy-topics.ts';
export { startInfrastructure } from '@contact-sync/launcher/infrastructure.ts';
export { createProgress } from '@contact-sync/launcher/progress.ts';
export { openRun } from '@contact-sync/launcher/run/run.ts';
export { createSecrets } from '@contact-sync/launcher/secrets.ts';
export { planServices } from '@contact-sync/launcher/service-plan.ts';
export { type Services, startServices } from '@contact-sync/launcher/services.ts';
