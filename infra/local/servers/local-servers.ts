import { platform } from 'node:os';
import { type ServerName, WELL_KNOWN_PORT } from '../addresses.ts';
import { fetchJava } from '../artifacts/fetched-java.ts';
import { findJava } from '../artifacts/java.ts';
import { fetchedRedis, redisOnPath } from '../artifacts/redis-executable.ts';
import { fetchServerFiles } from '../artifacts/server-files.ts';
import { LaunchError } from '../launch-error.ts';
import type { Run } from '../run/run.ts';
import type { ServerProcess } from '../run/server-process.ts';
import { startKafka } from './kafka.ts';
import { startRedis } from './redis.ts';
import { startRegistry } from './registry.ts';
import type { Place, StartOptions } from './start-options.ts';

// Apicurio 3.3 is built for 21; Kafka alone would run on 17.
const JAVA_NEEDED = { kafka: 17, registry: 21 };

/** Starts the named servers as processes of this machine, all at once; fetches what they need only if it is needed. */
export async function startLocalServers(
  run: Run,
  names: readonly ServerName[],
  options: StartOptions,
): Promise<Partial<Record<ServerName, ServerProcess>>> {
  if (platform() === 'win32') {
    throw new LaunchError('The servers run as local processes on Linux and macOS only.', {
      remedy: 'On Windows start a Docker engine, or work inside WSL.',
    });
  }
  const { redis, files, java } = await prepare(run, names, options);
  const placeOf = (name: ServerName): Place => ({
    preferredPort: options.preferWellKnownPorts ? WELL_KNOWN_PORT[name] : undefined,
    keptFolder: options.keptFolder,
  });
  const starters: Record<ServerName, () => Promise<ServerProcess>> = {
    kafka: () => startKafka(run, java, files, { ...placeOf('kafka'), optimised: options.optimised }),
    registry: () => startRegistry(run, java, files, placeOf('registry')),
    redis: () => startRedis(run, redis, placeOf('redis')),
  };
  const started = await Promise.all(
    names.map(async (name) => {
      const server = await options.progress.step(`Starting ${name}`, starters[name]);
      options.progress.note(`${name} is ready on 127.0.0.1:${server.port} (pid ${server.pid})`);
      return [name, server] as const;
    }),
  );
  return Object.fromEntries(started);
}

interface Prepared {
  redis: string;
  files: string;
  java: string;
}

async function prepare(
  run: Run,
  names: readonly ServerName[],
  { environment, progress }: StartOptions,
): Promise<Prepared> {
  const needsJava = names.includes('kafka') || names.includes('registry');
  const installedRedis = names.includes('redis') ? await redisOnPath(environment) : undefined;
  const needsFiles = needsJava || (names.includes('redis') && installedRedis === undefined);
  const files = needsFiles ? await fetchServerFiles(run, progress, environment) : '';
  const redis = installedRedis ?? (names.includes('redis') ? await fetchedRedis(files) : '');
  if (!needsJava) return { redis, files, java: '' };
  const minimum = names.includes('registry') ? JAVA_NEEDED.registry : JAVA_NEEDED.kafka;
  const found = await findJava(minimum, environment);
  const java = found?.executable ?? (await fetchJava(run, progress, environment, minimum));
  return { redis, files, java };
}
