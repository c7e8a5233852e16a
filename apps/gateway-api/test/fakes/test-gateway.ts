import { createTestIssuer } from '@contact-sync/access/testing';
import type { Routes } from '@contact-sync/api-contracts';
import { createLocalBuckets } from '@contact-sync/redis';
import { createLogger, createMetrics, loadConfig } from '@contact-sync/service-kit';
import { createApp } from '../../src/app.ts';
import { Config } from '../../src/config.ts';
import type { Dependencies } from '../../src/dependencies.ts';
import { routesWithMadeUp } from './made-up-routes.ts';
import { startUpstream } from './upstream.ts';

/** The gateway before four services of a test's own, with buckets in memory unless `dependencies` bring others, and routes made up for tests. */
export const createTestGateway = async (
  settings: Readonly<Record<string, string>> = {},
  dependencies: Partial<Dependencies> = {},
  routes: Routes = routesWithMadeUp,
) => {
  const issuer = createTestIssuer();
  const [auth, contact, worker, simulator] = await Promise.all([
    startUpstream(),
    startUpstream(),
    startUpstream(),
    startUpstream(),
  ]);
  const upstreams = { auth, contact, worker, simulator };
  const closeUpstreams = () => Promise.all(Object.values(upstreams).map((upstream) => upstream.close()));
  const config = loadConfig(Config, {
    REDIS_URL: 'redis://127.0.0.1:6379',
    AUTH_URL: auth.url,
    CONTACT_URL: contact.url,
    WORKER_URL: worker.url,
    SIMULATOR_URL: simulator.url,
    SERVICE_CLIENT_ID: 'gateway-api',
    SERVICE_CLIENT_SECRET: 'a secret of sixteen characters',
    ...settings,
  });
  const metrics = createMetrics('test');
  const app = await createApp(
    { ...issuer.access(), buckets: createLocalBuckets(), ...dependencies },
    config,
    { logger: createLogger({ service: 'test', level: 'silent' }), metrics },
    routes,
  ).catch(async (error: unknown) => {
    await closeUpstreams();
    throw error;
  });
  return {
    app,
    issuer,
    metrics,
    upstreams,
    bearer: { authorization: `Bearer ${issuer.userToken('admin', { sub: 'ada' })}` },
    close: async () => {
      await app.close();
      await closeUpstreams();
    },
  };
};

export type TestGateway = Awaited<ReturnType<typeof createTestGateway>>;
