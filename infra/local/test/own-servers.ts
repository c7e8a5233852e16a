import { readdir } from 'node:fs/promises';
import { cacheFolder } from '../artifacts/cache.ts';
import { findExecutable } from '../artifacts/executable.ts';

/** An environment in which servers are started as local processes, whatever the test run itself was given. */
export function ownServers(changes: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const { KAFKA_BROKERS: _kafka, SCHEMA_REGISTRY_URL: _registry, REDIS_URL: _redis, ...others } = process.env;
  return { ...others, CONTACT_SYNC_SERVERS: 'processes', ...changes };
}

const cached = await readdir(cacheFolder(process.env)).catch(() => []);

/** Whether this machine has, or can fetch, what local processes need. */
export const canRunOwnServers =
  cached.some((name) => /^infra-[0-9a-f]+$/.test(name)) ||
  (await findExecutable('mvn', process.env)) !== undefined;
