import { createTcpProxy, type TcpProxy } from '@contact-sync/testing';
import { SERVICE_NAMES, type ServiceName, type ServicePlans } from '../src/launcher.ts';
import type { ServiceCopy, SettingChanges, System } from '../src/system.ts';

/** The setting under which callers find each service. */
const URL_SETTING: Readonly<Record<ServiceName, string>> = {
  'gateway-api': 'GATEWAY_URL',
  'auth-service': 'AUTH_URL',
  'contact-service': 'CONTACT_URL',
  'webhook-ingest': 'INGEST_URL',
  'event-worker': 'WORKER_URL',
  'webhook-simulator': 'SIMULATOR_URL',
};

/** One address for each service, whichever of its copies is behind it, as a Kubernetes Service is one. */
export type Doors = {
  /** With which settings callers come through the doors. */
  readonly settings: SettingChanges;
  urlOf(name: ServiceName): string;
  /** To where the services are planned to listen. */
  leadTo(plans: ServicePlans): void;
  /**
   * Replaces the one copy of each named service by one with other settings: the new one is ready before the old one is told
   * to end.
   */
  roll(system: System, changes: SettingChanges): Promise<void>;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
};

// As the charts have it: what a Service needs to lead no new connection to a copy that goes, while its callers are asked to
// come anew. A caller that is busy for longer would send on a connection that rests, and has been closed.
const DRAIN_DELAY_MS = '5000';
const STOP_WITHIN_MS = 30_000;

const onLoopback = (port: number) => ({ host: '127.0.0.1', port });

/** Opens a door for each service; they lead nowhere until `leadTo`. */
export const openDoors = async (): Promise<Doors> => {
  const opened = await Promise.all(
    SERVICE_NAMES.map(async (name) => [name, await createTcpProxy({ target: onLoopback(1) })] as const),
  );
  const doors = Object.fromEntries(opened) as Readonly<Record<ServiceName, TcpProxy>>;
  const urlOf = (name: ServiceName) => doors[name].url('http');
  const urls = Object.fromEntries(SERVICE_NAMES.map((name) => [URL_SETTING[name], urlOf(name)]));
  const current = new Map<ServiceName, ServiceCopy['process']>();

  const rollOne = async (system: System, name: ServiceName, changes: Readonly<Record<string, string>>) => {
    const old = current.get(name) ?? system.processes[name];
    const { process, port } = await system.startCopy(name, changes);
    doors[name].setTarget(onLoopback(port));
    current.set(name, process);
    await old.stop(STOP_WITHIN_MS);
  };
  return {
    settings: Object.fromEntries(SERVICE_NAMES.map((name) => [name, { ...urls, DRAIN_DELAY_MS }])),
    urlOf,
    leadTo(plans) {
      for (const name of SERVICE_NAMES) doors[name].setTarget(onLoopback(plans[name].port));
    },
    async roll(system, changes) {
      await Promise.all(
        SERVICE_NAMES.flatMap((name) => {
          const own = changes[name];
          return own === undefined ? [] : [rollOne(system, name, own)];
        }),
      );
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(opened.map(([, door]) => door.close()));
    },
  };
};
