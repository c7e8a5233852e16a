import type { Progress } from '../progress.ts';

/** What every way of starting servers is told. */
export interface StartOptions {
  /** Where the PATH, JAVA_HOME, DOCKER_HOST and the cache folder are read. */
  environment: NodeJS.ProcessEnv;
  progress: Progress;
  preferWellKnownPorts: boolean;
}
