import type { simulatorRoutes } from '@contact-sync/api-contracts';
import type { RouteHandlers } from '@contact-sync/service-kit';
import type { Runner } from '../use-cases/runner.ts';
import { afterCursor, withCursor } from './id-cursor.ts';

type Handlers = Pick<RouteHandlers<typeof simulatorRoutes>, 'listRuns' | 'startRun' | 'getRun' | 'stopRun'>;

/** `/api/v1/simulator/runs`. */
export const runHandlers = (runner: Runner): Handlers => ({
  listRuns: async ({ query: { limit, cursor } }) => {
    const runs = await runner.list({ limit, ...afterCursor(cursor) });
    return { status: 200, body: withCursor([...runs], runs.length < limit ? undefined : runs.at(-1)?.id) };
  },
  startRun: async ({ body }) => {
    const { id } = await runner.start(body);
    return { status: 202, headers: { location: `/api/v1/simulator/runs/${id}` }, body: { id } };
  },
  getRun: async ({ params }) => ({
    status: 200,
    headers: { 'cache-control': 'no-store' },
    body: await runner.find(params.id),
  }),
  stopRun: async ({ params: { id } }) => {
    await runner.stop(id);
    return { status: 202, body: { id } };
  },
});
