import { type Client, createClient } from '@contact-sync/client';
import { type Pace, type PrometheusServer, startPrometheus } from '../src/prometheus.ts';
import { type System, startSystem } from '../src/system.ts';
import { hurried } from './all-faults.ts';
import { type Follower, startFollower } from './follow.ts';

/** A system with a broker of its own and edits that go to AcmeCRM, a Prometheus that watches it, and who follows runbooks. */
export type WatchedSystem = {
  readonly system: System;
  readonly api: Client;
  readonly prometheus: PrometheusServer;
  readonly follower: Follower;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
};

/** Starts all of it; alerts fire as soon as `pace` says. */
export const startWatchedSystem = async (pace: Pace): Promise<WatchedSystem> => {
  await using started = new AsyncDisposableStack();
  const system = started.use(await startSystem(hurried, { ownBroker: true, bothWays: true }));
  const api = createClient({ baseUrl: system.gatewayUrl, credentials: system.admin });
  const prometheus = started.use(await startPrometheus(Object.values(system.opsUrls), pace));
  const follower = started.use(await startFollower(system, prometheus, pace));
  const owned = started.move();
  return { system, api, prometheus, follower, [Symbol.asyncDispose]: () => owned.disposeAsync() };
};
