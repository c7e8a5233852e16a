import { setTimeout as pause } from 'node:timers/promises';
import { deliver, type Fault, type World } from './world.ts';

const hostOf = (url: string): string => new URL(url).host;

/** More than the gateway needs to leave a service alone. */
const CALLS = 6;
/** Longer than an event may take to be visible. */
const FREEZE_MS = 7_000;
/** Longer than a delivery may take to be accepted. */
const STALL_MS = 1_500;

const frozenAuth: Fault = {
  name: 'auth-service is frozen, and a service that needs it starts',
  runbooks: ['dependency-down', 'service-down', 'revocations-silent', 'upstream-left-alone'],
  plant: async ({ system }) => {
    const { processes, opsUrls, gatewayUrl } = system;
    const [auth, simulator] = [processes['auth-service'], processes['webhook-simulator']];
    await auth.kill('SIGSTOP');
    await simulator.kill('SIGKILL');
    const started = simulator.restart();
    const ask = () =>
      fetch(`${gatewayUrl}/.well-known/jwks.json`, { headers: { 'cache-control': 'no-cache' } });
    await Promise.all(Array.from({ length: CALLS }, ask));
    return {
      environment: {
        'service-down': { OPS: hostOf(opsUrls['auth-service']) },
        'revocations-silent': { OPS: hostOf(opsUrls['contact-service']) },
        'upstream-left-alone': { OPS: hostOf(opsUrls['auth-service']) },
        'dependency-down': { OPS: hostOf(opsUrls['webhook-simulator']) },
      },
      heal: async () => {
        await auth.kill('SIGCONT');
        await started;
        // Only a request finds out that it is back.
        await ask();
      },
    };
  },
};

const brokerOf = ({ system }: World) => {
  if (system.broker === undefined) throw new Error('the broker is not its own');
  return system.broker;
};

const noBroker: Fault = {
  name: 'the broker is gone',
  runbooks: ['kafka-unreachable', 'accept-availability'],
  plant: async (world) => {
    const broker = brokerOf(world);
    await broker.kill('SIGKILL');
    for (const name of ['refused', 'refused-again']) await deliver(world, 1, name);
    return { heal: () => broker.restart() };
  },
};

const slowBroker: Fault = {
  name: 'the broker stalls',
  runbooks: ['accept-latency'],
  plant: async (world) => {
    const broker = brokerOf(world);
    for (const name of ['slow', 'slower', 'still-slower', 'slowest']) {
      await broker.kill('SIGSTOP');
      const accepted = deliver(world, 1, name);
      await pause(STALL_MS);
      await broker.kill('SIGCONT');
      await accepted;
    }
    return { heal: async () => undefined };
  },
};

const noRedis: Fault = {
  name: 'Redis is gone',
  runbooks: ['redis-unreachable'],
  mendsFirst: true,
  plant: async ({ system: { redis } }) => {
    await redis?.kill('SIGKILL');
    const SINCE = new Date(Date.now() - 60_000).toISOString();
    return {
      environment: { 'redis-unreachable': { SINCE } },
      heal: async () => redis?.restart(),
    };
  },
};

const frozenContacts: Fault = {
  name: 'contact-service stands still for a while',
  runbooks: ['time-to-visible'],
  plant: async (world) => {
    const contacts = world.system.processes['contact-service'];
    await contacts.kill('SIGSTOP');
    for (const name of ['late', 'later']) await deliver(world, 10, name);
    await pause(FREEZE_MS);
    await contacts.kill('SIGCONT');
    return { heal: async () => undefined };
  },
};

/** Processes that are gone, frozen, or late. */
export const faultsOfProcesses: readonly Fault[] = [
  frozenAuth,
  noBroker,
  slowBroker,
  noRedis,
  frozenContacts,
];
