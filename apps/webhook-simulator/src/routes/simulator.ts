import type { simulatorRoutes } from '@contact-sync/api-contracts';
import { AppError } from '@contact-sync/domain';
import type { RouteHandlers } from '@contact-sync/service-kit';
import { isFinished } from '../domain/run.ts';
import { scenarios } from '../domain/scenario/catalogue.ts';
import type { Targets } from '../ports.ts';
import type { Runner } from '../use-cases/runner.ts';
import { type WatchDependencies, watch } from '../use-cases/watch.ts';

type Handlers = Pick<
  RouteHandlers<typeof simulatorRoutes>,
  'getSimulatorStatus' | 'listScenarios' | 'watchSimulator'
>;

export type SimulatorHandlerOptions = WatchDependencies & {
  readonly runner: Pick<Runner, 'list'>;
  readonly targets: Targets;
  readonly enabled: boolean;
  /** Aborted once the process is on its way out: streams end. */
  readonly draining: AbortSignal;
};

const MAX_STREAMS = 32;
const MAX_COUNT = 20_000;
const LOOKED_AT = 20;

const scenarioList = scenarios.map(({ name, summary, maxCount = MAX_COUNT, parameters }) => ({
  name,
  summary,
  maxCount,
  parameters: Object.entries(parameters).map(([parameter, bounds]) => ({ name: parameter, ...bounds })),
}));

/** Counts streams that are open, so that there are never more than a process can bear. */
const createStreams = () => {
  let open = 0;
  async function* counted(texts: AsyncGenerator<string, void, void>) {
    open += 1;
    try {
      yield* texts;
    } finally {
      open -= 1;
    }
  }
  return (texts: AsyncGenerator<string, void, void>) => {
    if (open < MAX_STREAMS) return counted(texts);
    throw new AppError('OVERLOADED', { message: 'As many watch as may.', retryable: true });
  };
};

/** `/api/v1/simulator` itself. */
export const simulatorHandlers = (options: SimulatorHandlerOptions): Handlers => {
  const { runner, targets, enabled, draining } = options;
  const counted = createStreams();
  return {
    getSimulatorStatus: async () => {
      const runs = enabled ? await runner.list({ limit: LOOKED_AT }) : [];
      const activeRun = runs.find((run) => !isFinished(run));
      return {
        status: 200,
        headers: { 'cache-control': 'no-store' },
        body: { enabled, targets: [...targets.names], ...(activeRun && { activeRun }) },
      };
    },
    listScenarios: () => ({ status: 200, body: { items: scenarioList } }),
    watchSimulator: ({ headers }) => ({
      status: 200,
      stream: counted(watch(options, { after: headers['last-event-id'], signal: draining })),
    }),
  };
};
