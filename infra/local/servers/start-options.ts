import type { Progress } from '../progress.ts';

/** What every way of starting servers is told. */
export interface StartOptions {
  /** Where the PATH, JAVA_HOME, DOCKER_HOST and the cache folder are read. */
  environment: NodeJS.ProcessEnv;
  progress: Progress;
  preferWellKnownPorts: boolean;
  /** Where data outlive the run; without it they go with the run. */
  keptFolder?: string | undefined;
  /** Kafka as a machine that serves for days has it, its hot code optimised. */
  optimised: boolean;
}

/** What one server of the machine is told. */
export interface Place {
  preferredPort: number | undefined;
  keptFolder: string | undefined;
}
