import { ADDRESS_SETTING, type Addresses, SERVER_NAMES, type ServerName } from './addresses.ts';
import { checkReachable, givenAddresses } from './given-addresses.ts';
import { createProgress, type Progress } from './progress.ts';
import { openRun, type Run } from './run/run.ts';
import type { ServerProcess } from './run/server-process.ts';
import { startServers } from './servers/start-servers.ts';

export interface InfrastructureOptions<Name extends ServerName> {
  /** Only these servers; all three by default. */
  only?: readonly Name[];
  /** Takes 9092, 8081 and 6379 where they are free. Off by default, so that runs beside each other are the rule. */
  preferWellKnownPorts?: boolean;
  /**
   * Kafka as a machine that serves for days has it, for measurements: its hot code is optimised, which takes twice the
   * processor time at the start. Off by default.
   */
  optimised?: boolean;
  /** Where addresses, the PATH, JAVA_HOME, DOCKER_HOST and the cache folder are read; `process.env` by default. */
  environment?: NodeJS.ProcessEnv;
  /** Told each step; lines on standard error by default. */
  progress?: Progress;
  /** Where the data of what is started here outlive the run (keep/kept-folder.ts); by default they go with it. */
  keptFolder?: string | undefined;
  /** Owns the processes together with others of the launcher; by default a run of its own. */
  run?: Run;
}

export interface Infrastructure<Name extends ServerName = ServerName> {
  /** The settings under which the services find the servers. */
  environment: Addresses<Name>;
  /** The servers that were started here; one whose address was given is not among them. */
  processes: Partial<Record<Name, ServerProcess>>;
  /** Ends every server started here, and what else the run owns, and removes its data unless they are kept; may be called twice. */
  stop(): Promise<void>;
}

/**
 * Real Kafka, schema registry and Redis, ready for use. An address given in the environment is used as it is; the rest
 * is started: in a Docker engine if one answers, else as local processes. Whatever it started ends with `stop`, and
 * with this process even if that is killed by SIGKILL. Rejects with a LaunchError that says what to do.
 */
export async function startInfrastructure<Name extends ServerName = ServerName>(
  options: InfrastructureOptions<Name> = {},
): Promise<Infrastructure<Name>> {
  const { environment = process.env, progress = createProgress() } = options;
  const { preferWellKnownPorts = false, optimised = false } = options;
  const wanted: readonly ServerName[] = options.only ?? SERVER_NAMES;
  const given = givenAddresses(environment, wanted);
  await checkReachable(given);

  const run = options.run ?? (await openRun(progress.note));
  try {
    const { keptFolder } = options;
    const missing = wanted.filter((name) => given[name] === undefined);
    const started = await startServers(run, missing, {
      environment,
      progress,
      preferWellKnownPorts,
      keptFolder,
      optimised,
    });
    const addresses = { ...started.addresses, ...given };
    return {
      environment: Object.fromEntries(
        wanted.map((name) => [ADDRESS_SETTING[name], addresses[name]]),
      ) as Addresses<Name>,
      processes: started.processes as Partial<Record<Name, ServerProcess>>,
      async stop() {
        await started.stop();
        await run.close();
      },
    };
  } catch (error) {
    await run.close();
    throw error;
  }
}
