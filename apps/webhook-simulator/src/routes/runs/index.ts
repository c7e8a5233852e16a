import type { App } from '@contact-sync/service-kit';
import type { Runner } from '../../use-cases/runner.ts';
import { getRunRoute } from './get-run.ts';
import { startRunRoute } from './start-run.ts';

/** `/api/v1/simulator/runs`. */
export const runRoutes = async (app: App, { runner }: { runner: Runner }): Promise<void> => {
  await app.register(startRunRoute, { runner });
  await app.register(getRunRoute, { runner });
};
