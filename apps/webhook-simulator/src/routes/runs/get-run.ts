import type { App } from '@contact-sync/service-kit';
import { Run } from '../../domain/run.ts';
import type { Runner } from '../../use-cases/runner.ts';
import { RunParams } from './schemas.ts';

/** `GET /api/v1/simulator/runs/{id}`: how far a run is, and at the end its verdict. */
export const getRunRoute = async (app: App, { runner }: { runner: Runner }): Promise<void> => {
  app.get(
    '/:id',
    {
      config: { permission: 'events:read' },
      schema: {
        description: 'A run with its progress or verdict.',
        params: RunParams,
        response: { 200: Run },
      },
    },
    async (request, reply) => {
      const run = await runner.find(request.params.id);
      return reply.header('cache-control', 'no-store').send(run);
    },
  );
};
