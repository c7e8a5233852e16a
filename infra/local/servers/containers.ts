import { choosePort } from '@contact-sync/testing/ports.ts';
import type { StartedTestContainer } from 'testcontainers';
import { type ServerName, WELL_KNOWN_PORT } from '../addresses.ts';
import type { Progress } from '../progress.ts';
import { eventually } from '../run/eventually.ts';
import type { ServerProcess } from '../run/server-process.ts';
import { containerPlans } from './container-plan.ts';
import { answersOk } from './http-answer.ts';
import { kafkaClusterId } from './kafka-answer.ts';
import { redisAnswers } from './redis-answer.ts';

// An image may have to be pulled first.
const START_TIMEOUT_MS = 300_000;
const READY_WITHIN_MS = 120_000;

export interface StartedContainers {
  /** The host under which the ports are reached. */
  host: string;
  processes: Partial<Record<ServerName, ServerProcess>>;
  /** Stops and removes the containers; testcontainers' reaper does it if this process dies first. */
  stop(): Promise<void>;
}

/** Starts the named servers as containers and resolves when all are ready; on failure none is left. */
export async function startContainers(
  names: readonly ServerName[],
  options: { progress: Progress; preferWellKnownPorts: boolean },
): Promise<StartedContainers> {
  // Loaded only where an engine answers: it takes half a second.
  const { getContainerRuntimeClient } = await import('testcontainers');
  const { host } = (await getContainerRuntimeClient()).info.containerRuntime;
  const started: StartedTestContainer[] = [];
  const stop = async () => {
    await Promise.all(started.map((container) => container.stop({ timeout: 0 })));
  };
  const start = async (name: ServerName) => {
    const port = await choosePort(options.preferWellKnownPorts ? WELL_KNOWN_PORT[name] : undefined);
    const probePort = await choosePort();
    const container = await createContainer(name, host, port, probePort);
    started.push(container);
    const ready = () => eventually(() => probes[name](host, port, probePort), { withinMs: READY_WITHIN_MS });
    await ready();
    return containerProcess(name, port, container, ready);
  };
  const outcomes = await Promise.allSettled(
    names.map((name) => options.progress.step(`Starting ${name} in Docker`, () => start(name))),
  );
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed !== undefined) {
    await stop();
    throw failed.reason;
  }
  const running = outcomes.filter((outcome) => outcome.status === 'fulfilled').map(({ value }) => value);
  return { host, processes: Object.fromEntries(running.map((server) => [server.name, server])), stop };
}

const probes: Record<ServerName, (host: string, port: number, probePort: number) => Promise<unknown>> = {
  kafka: (host, port) => kafkaClusterId(host, port),
  registry: (host, _port, probePort) => answersOk(`http://${host}:${probePort}/health/ready`),
  redis: (host, port) => redisAnswers(`redis://${host}:${port}`),
};

async function createContainer(
  name: ServerName,
  host: string,
  port: number,
  probePort: number,
): Promise<StartedTestContainer> {
  // Loaded only where an engine answers, for testcontainers' sake.
  const { bindAddress, LoopbackContainer } = await import('./loopback-container.ts');
  const plan = containerPlans[name]({ host, port });
  const container = new LoopbackContainer(plan.image, bindAddress(host))
    .withEnvironment(plan.environment)
    .withExposedPorts({ container: plan.clientPort, host: port })
    .withStartupTimeout(START_TIMEOUT_MS);
  if (plan.command !== undefined) container.withCommand(plan.command);
  if (plan.files !== undefined) container.withCopyFilesToContainer(plan.files);
  if (plan.probePort !== undefined)
    container.withExposedPorts({ container: plan.probePort, host: probePort });
  return container.start();
}

/** The container as a process that a test may hurt; its ports stay the same over restarts. */
async function containerProcess(
  name: ServerName,
  port: number,
  started: StartedTestContainer,
  ready: () => Promise<unknown>,
): Promise<ServerProcess> {
  const { getContainerRuntimeClient } = await import('testcontainers');
  const container = (await getContainerRuntimeClient()).container.getById(started.getId());
  let { State: state } = await container.inspect();
  return {
    name,
    port,
    get pid() {
      return state.Pid;
    },
    async kill(signal) {
      await container.kill({ signal });
      if (signal === 'SIGKILL') await container.wait();
    },
    async restart() {
      // Starts a container that was killed as well as one that runs.
      await container.restart({ t: 10 });
      await ready();
      ({ State: state } = await container.inspect());
    },
    async stop(graceMs) {
      await container.stop({ t: Math.ceil(graceMs / 1000) });
    },
  };
}
