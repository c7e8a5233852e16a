import { addressOf, type ServerName } from '../addresses.ts';
import { LaunchError, reasonOf } from '../launch-error.ts';
import type { Run } from '../run/run.ts';
import type { ServerProcess } from '../run/server-process.ts';
import { startContainers } from './containers.ts';
import { findEngine } from './docker-engine.ts';
import { startLocalServers } from './local-servers.ts';
import type { StartOptions } from './start-options.ts';

export interface StartedServers {
  addresses: Partial<Record<ServerName, string>>;
  processes: Partial<Record<ServerName, ServerProcess>>;
  /** Ends what the run does not end by itself, or not in order: containers, and servers whose data are kept. */
  stop(): Promise<void>;
}

const STOP_GRACE_MS = 15_000;

type Kind = 'containers' | 'processes';

/**
 * Starts the named servers: in a Docker engine if one answers, else as local processes; `CONTACT_SYNC_SERVERS` says
 * which without asking. Servers whose data are kept are local processes. An engine that cannot run them (no network to pull an image, say) leaves it to the processes.
 */
export async function startServers(
  run: Run,
  names: readonly ServerName[],
  options: StartOptions,
): Promise<StartedServers> {
  if (names.length === 0) return { addresses: {}, processes: {}, stop: async () => undefined };
  const chosen = chosenKind(options);
  const engine = chosen === 'processes' ? undefined : await findEngine(options.environment);
  if (chosen === 'containers' || engine !== undefined) {
    // testcontainers knows no contexts; what answered is what it is to use.
    if (engine !== undefined) options.environment['DOCKER_HOST'] ||= engine;
    try {
      const { host, processes, stop } = await startContainers(names, options);
      return { addresses: addressesOf(processes, host), processes, stop };
    } catch (error) {
      if (chosen === 'containers') {
        throw new LaunchError(`The Docker engine cannot run the servers: ${reasonOf(error)}`, {
          remedy: 'Unset CONTACT_SYNC_SERVERS to have them as local processes.',
          cause: error,
        });
      }
      options.progress.note(`Docker cannot run the servers (${reasonOf(error)}): local processes instead.`);
    }
  }
  const processes = await startLocalServers(run, names, options);
  const stop = async () => {
    // Data that go with the run need no orderly end.
    if (options.keptFolder === undefined) return;
    await Promise.all(Object.values(processes).map((server) => server.stop(STOP_GRACE_MS)));
  };
  return { addresses: addressesOf(processes, '127.0.0.1'), processes, stop };
}

function chosenKind({ environment, keptFolder }: StartOptions): Kind | undefined {
  const kind = environment['CONTACT_SYNC_SERVERS'];
  if (keptFolder !== undefined) {
    if (kind !== 'containers') return 'processes';
    throw new LaunchError('Data are kept by servers that run as local processes, not by containers.', {
      remedy: 'Unset CONTACT_SYNC_SERVERS, or start without --keep.',
    });
  }
  if (kind === undefined || kind === '') return undefined;
  if (kind === 'containers' || kind === 'processes') return kind;
  throw new LaunchError(`CONTACT_SYNC_SERVERS is "${kind}".`, {
    remedy: 'Set it to containers or to processes, or not at all.',
  });
}

function addressesOf(
  processes: Partial<Record<ServerName, ServerProcess>>,
  host: string,
): Partial<Record<ServerName, string>> {
  const servers = Object.entries(processes) as [ServerName, ServerProcess][];
  return Object.fromEntries(servers.map(([name, { port }]) => [name, addressOf[name](host, port)]));
}
