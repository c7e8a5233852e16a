import { randomUUID } from 'node:crypto';
import type { Role } from '@contact-sync/access';
import { createLocalBuckets } from '@contact-sync/redis';
import { type App, createLogger, createMetrics } from '@contact-sync/service-kit';
import { checkedAnswers } from '@contact-sync/service-kit/testing';
import { v7 } from 'uuid';
import { expect, onTestFinished, vi } from 'vitest';
import { type AppConfig, createApp } from '../src/app.ts';
import type { Targets } from '../src/ports.ts';
import { createCrm } from '../src/use-cases/crm.ts';
import { createDeliveries } from '../src/use-cases/deliveries.ts';
import { createRunner } from '../src/use-cases/runner.ts';
import { createAccessTokens, issuer } from './access-tokens.ts';
import { createMemoryConduct } from './memory-conduct.ts';
import { createMemoryCrmStore } from './memory-crm-store.ts';
import { createMemoryDeliveryLog } from './memory-delivery-log.ts';
import { createMemoryRunStore } from './memory-run-store.ts';
import { createSimulatedSystem, type SystemFaults } from './simulated-system.ts';
import { createVirtualClock } from './virtual-clock.ts';

export const target = 'http://127.0.0.1:3003';
export const apiKey = 'key-of-acme-0123456789';

const defaults: AppConfig = {
  TOKEN_ISSUER: issuer,
  SIMULATOR_ENABLED: true,
  ACME_API_KEY: apiKey,
  ACME_REQUESTS_PER_SECOND: 1_000,
};

const callsOf = (app: App, tokenOf: (role: Role) => string) => {
  const call = (method: 'GET' | 'POST', path: string, role?: Role, payload?: object) =>
    app.inject({
      method,
      url: path,
      ...(payload ? { payload } : {}),
      ...(role ? { headers: { authorization: `Bearer ${tokenOf(role)}` } } : {}),
    });
  const whenFinished = (location: string) =>
    vi.waitFor(
      async () => {
        const run = (await call('GET', location, 'viewer')).json();
        expect(['done', 'failed', 'stopped']).toContain(run.state);
        return run;
      },
      { timeout: 10_000, interval: 5 },
    );
  return { call, whenFinished };
};

/** The app on fakes and a clock of its own, and what a test needs of both; its run ends with the test. */
export const startSimulator = async (
  faults: SystemFaults = {},
  change: Partial<AppConfig> = {},
  without: readonly (keyof AppConfig)[] = [],
) => {
  const config = { ...defaults, ...change };
  for (const name of without) Reflect.deleteProperty(config, name);
  const { access, tokenOf } = createAccessTokens();
  const store = createMemoryRunStore();
  const log = createMemoryDeliveryLog();
  const crmStore = createMemoryCrmStore();
  const conduct = createMemoryConduct();
  const clock = createVirtualClock();
  const { endpoint, ...system } = createSimulatedSystem(faults);
  const targets: Targets = {
    names: [target],
    endpointOf: (name) => (name === target ? endpoint : undefined),
  };
  const onFault = vi.fn();
  const onChange = vi.fn();
  const dependencies = {
    ...system,
    targets,
    store,
    log,
    clock,
    random: () => 0.5,
    newId: () => v7(),
    onFault,
    acme: { crm: createCrm({ store: crmStore, conduct, clock, newId: randomUUID, onChange }), conduct },
  };
  const runner = createRunner(dependencies);
  // A run that goes on would go on beside the next test.
  onTestFinished(() => runner.close());
  const draining = new AbortController();
  const app = await createApp(
    {
      ...access,
      runner,
      log,
      targets,
      clock,
      crmStore,
      conduct,
      deliveries: createDeliveries({ targets, log, clock, newId: () => v7() }),
      crm: dependencies.acme.crm,
      buckets: createLocalBuckets(clock.now),
    },
    config,
    {
      logger: createLogger({ service: 'test', level: 'silent' }),
      metrics: createMetrics('test'),
      plugins: [checkedAnswers],
      draining: draining.signal,
    },
  );
  return {
    app,
    ...callsOf(app, tokenOf),
    clock,
    conduct,
    crmStore,
    dependencies,
    draining,
    log,
    onChange,
    onFault,
    runner,
    store,
    system: { ...system, endpoint },
    tokenOf,
  };
};
