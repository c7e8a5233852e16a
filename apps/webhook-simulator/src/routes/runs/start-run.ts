import type { App } from '@contact-sync/service-kit';
import { RunRequest } from '../../domain/run-options.ts';
import type { Runner } from '../../use-cases/runner.ts';
import { RunReceipt } from './schemas.ts';

/** `POST /api/v1/simulator/runs`: begins a run; its progress and verdict stand at the answer's Location. */
export const startRunRoute = async (app: App, { runner }: { runner: Runner }): Promise<void> => {
  app.post(
    '/',
    {
      config: { permission: 'simulator:run' },
      schema: {
        description: 'Plays AcmeCRM: sends signed events and judges what becomes of them.',
        body: RunRequest,
        response: { 202: RunReceipt },
      },
    },
    async (request, reply) => {
      const { id } = await runner.start(request.body);
      return reply.code(202).header('location', `/api/v1/simulator/runs/${id}`).send({ id });
    },
  );
};
