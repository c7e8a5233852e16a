import type { simulatorRoutes } from '@contact-sync/api-contracts';
import type { RouteHandlers } from '@contact-sync/service-kit';
import type { Runner } from '../use-cases/runner.ts';

/** `/api/v1/simulator/runs`. */
export const runHandlers = (runner: Runner): RouteHandlers<typeof simulatorRoutes> => ({
  startRun: async ({ body }) => {
    const { id } = await runner.start(body);
    return { status: 202, headers: { location: `/api/v1/simulator/runs/${id}` }, body: { id } };
  },
  getRun: async ({ params }) => ({
    status: 200,
    headers: { 'cache-control': 'no-store' },
    body: await runner.find(params.id),
  }),
});
