import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../src/command.ts';

const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));
const PROFILE = ['--profile', 'services'];

/** Beside another system on this machine: what programs here ask is on free ports, the rest is not published. */
const PORTS = `services:
  kafka: { ports: !reset [] }
  registry: { ports: !reset [] }
  redis: { ports: !reset [] }
  gateway-api: { ports: !override ['127.0.0.1::3000'] }
  webhook-ingest: { ports: !override ['127.0.0.1::3003'] }
  prometheus: { ports: !override ['127.0.0.1::9090'] }
`;

export type ContainerState = {
  readonly service: string;
  readonly id: string;
  readonly health: string | undefined;
  readonly startedAt: string;
  readonly exitCode: number;
};

type Inspected = {
  Id: string;
  State: { Status: string; StartedAt: string; ExitCode: number; Health?: { Status: string } };
  Config: { Labels: Record<string, string> };
};

/** docker-compose.yml as a project of its own, with data and secrets of its own. */
export type Compose = {
  /** `docker compose ...` of this project; gives its standard output. */
  command(...parameters: readonly string[]): Promise<string>;
  /** Builds what changed, starts all and resolves when each is healthy. */
  up(...services: readonly string[]): Promise<void>;
  /** Where a published port is reached. */
  url(service: string, port: number): Promise<string>;
  states(): Promise<ContainerState[]>;
  /** As a crash: SIGKILL to the process, of which the engine is not told. */
  crash(service: string): Promise<void>;
  /** Removes the containers, their data and their secrets. */
  remove(): Promise<void>;
};

export const createCompose = async (project: string): Promise<Compose> => {
  const folder = await mkdtemp(join(tmpdir(), 'contact-sync-compose-'));
  const override = join(folder, 'ports.yml');
  await writeFile(override, PORTS);
  const files = ['-f', join(REPOSITORY, 'docker-compose.yml'), '-f', override];
  const command: Compose['command'] = (...parameters) =>
    run('docker', ['compose', '-p', project, ...files, ...PROFILE, ...parameters]);
  const inspect = async (ids: readonly string[]): Promise<Inspected[]> =>
    ids.length === 0 ? [] : (JSON.parse(await run('docker', ['inspect', ...ids])) as Inspected[]);
  const idsOf = async (...services: readonly string[]) =>
    (await command('ps', '--all', '--quiet', ...services)).split('\n').filter(Boolean);

  return {
    command,
    up: async (...services) => void (await command('up', '--build', '--detach', '--wait', ...services)),
    url: async (service, port) => `http://${(await command('port', service, String(port))).trim()}`,
    states: async () =>
      (await inspect(await idsOf())).map(({ Id, State, Config }) => ({
        service: Config.Labels['com.docker.compose.service'] ?? '',
        id: Id,
        health: State.Health?.Status,
        startedAt: State.StartedAt,
        exitCode: State.ExitCode,
      })),
    crash: async (service) => {
      const [id = ''] = await idsOf(service);
      const pid = (await run('docker', ['inspect', '--format', '{{.State.Pid}}', id])).trim();
      // `docker kill` would count as stopped by hand, which no restart policy mends; where the engine runs elsewhere
      // (a virtual machine, say), only a container of it sees the process.
      const kill = [
        'run',
        '--rm',
        '--pid=host',
        'node:24.21.0-slim',
        'node',
        '-e',
        `process.kill(${pid}, 'SIGKILL')`,
      ];
      await run('docker', kill);
    },
    remove: async () => {
      await command('down', '--volumes', '--rmi', 'local', '--timeout', '20');
      await rm(folder, { recursive: true });
    },
  };
};
