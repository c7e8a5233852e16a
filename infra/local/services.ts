import { join } from 'node:path';
import type { Progress } from './progress.ts';
import { REPOSITORY } from './repository.ts';
import type { Run } from './run/run.ts';
import { type ServerProcess, startServer } from './run/server-process.ts';
import { answersOk } from './servers/http-answer.ts';
import { serviceCommand } from './service-command.ts';
import { SERVICE_NAMES, type ServiceName, type ServicePlan, type ServicePlans } from './service-plan.ts';

const READY_WITHIN_MS = 60_000;
const STOP_GRACE_MS = 12_000;

/** Where Node keeps what it compiled: the next start takes a third less processor time. */
const COMPILE_CACHE = join(REPOSITORY, '.local', 'compile-cache');

export interface Services {
  processes: Record<ServiceName, ServerProcess>;
  /** Asks all six to finish what they have begun (SIGTERM), kills what still runs after 12 s. */
  stop(): Promise<void>;
}

/**
 * Starts the six built services and resolves when each says that it is ready. Each logs to `<name>.log` in the run's
 * log folder. Rejects with the end of the log of one that is not ready within a minute.
 */
export async function startServices(run: Run, plans: ServicePlans, progress: Progress): Promise<Services> {
  const started = await Promise.all(
    SERVICE_NAMES.map(async (name): Promise<[ServiceName, ServerProcess]> => {
      const server = await progress.step(`Starting ${name}`, () => startService(run, plans[name]));
      return [name, server];
    }),
  );
  return {
    processes: Object.fromEntries(started) as Record<ServiceName, ServerProcess>,
    async stop() {
      await Promise.all(started.map(([, server]) => server.stop(STOP_GRACE_MS)));
    },
  };
}

/** Starts one built service, a further copy too, and resolves when it says that it is ready; rejects as they all do. */
export function startService(run: Run, plan: ServicePlan): Promise<ServerProcess> {
  return startServer(run, {
    name: plan.name,
    port: plan.port,
    command: process.execPath,
    parameters: serviceCommand(plan.name),
    cwd: join(REPOSITORY, 'apps', plan.name),
    environment: { NODE_COMPILE_CACHE: COMPILE_CACHE, ...process.env, ...plan.settings },
    readyWithinMs: READY_WITHIN_MS,
    ready: () => answersOk(`${plan.opsUrl}/readyz`),
  });
}
