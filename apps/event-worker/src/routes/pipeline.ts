import type { pipelineRoutes } from '@contact-sync/api-contracts';
import type { RouteHandlers } from '@contact-sync/service-kit';
import { onceASecond } from '../pipeline/once-a-second.ts';
import { type PipelinePorts, readPipeline } from '../pipeline/read-pipeline.ts';

/** `/api/v1/pipeline`; however many look, the brokers are asked once a second. */
export const pipelineHandlers = (ports: PipelinePorts): RouteHandlers<typeof pipelineRoutes> => {
  const read = onceASecond(() => readPipeline(ports), ports.now);
  return {
    getPipeline: async () => ({ status: 200, headers: { 'cache-control': 'no-store' }, body: await read() }),
  };
};
