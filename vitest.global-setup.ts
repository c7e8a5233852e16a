import { whenCallerIsGone } from './infra/local/callers.ts';
import { type Infrastructure, startInfrastructure } from './infra/local/infrastructure.ts';
import { createProgress } from './infra/local/progress.ts';
import { provideRedis } from './infra/local/servers/redis-for-tests.ts';

type Shared = { users: number; infrastructure: Promise<Infrastructure> };

// Each project loads this file anew; the servers are one set a run.
const slot = Symbol.for('contact-sync.test-infrastructure');
const holder = globalThis as { [slot]?: Shared };

const start = async (): Promise<Infrastructure> => {
  const [infrastructure] = await Promise.all([
    startInfrastructure(),
    provideRedis(process.env, createProgress()),
  ]);
  return infrastructure;
};

/**
 * Real servers for the tests: those named in the environment, else our own; tests read their addresses there. A run whose
 * npm was killed ends, and its servers with it, instead of going on for nobody.
 */
export default async function setup(): Promise<() => Promise<void>> {
  if (holder[slot] === undefined) void whenCallerIsGone(() => process.kill(process.pid, 'SIGTERM'));
  const shared: Shared = holder[slot] ?? { users: 0, infrastructure: start() };
  holder[slot] = shared;
  shared.users += 1;
  const infrastructure = await shared.infrastructure;
  Object.assign(process.env, infrastructure.environment);
  return async () => {
    shared.users -= 1;
    if (shared.users > 0) return;
    delete holder[slot];
    await infrastructure.stop();
  };
}
