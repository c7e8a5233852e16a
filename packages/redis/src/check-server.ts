import type { RedisConnection } from './connection.ts';
import { toRedisFault } from './fault.ts';

export type ServerDemands = {
  /** Data that must never be evicted (all but `ingest:` and `ratelimit:`). */
  readonly noEviction: boolean;
  /** Data that must survive a restart. */
  readonly appendOnly: boolean;
};

const oldestVersion = [6, 2] as const;

/**
 * Why this server must not be used, in sentences for an operator; none means it is fit (design section 2, "Redis"). Reads
 * `INFO` only, which managed servers allow where they refuse `CONFIG`. Never throws: a server that does not answer is a
 * reason too.
 */
export const checkServer = async (
  connection: Pick<RedisConnection, 'isReady' | 'use'>,
  demands: ServerDemands,
): Promise<readonly string[]> => {
  // INFO is sent, and answered, before the client takes the connection for ready and others' commands with it.
  if (!connection.isReady()) return ['Redis does not answer (redis: the connection is not ready).'];
  try {
    return reasonsAgainst(parseInfo(await connection.use((client) => client.info())), demands);
  } catch (error) {
    return [`Redis does not answer (${toRedisFault(error).internal}).`];
  }
};

const reasonsAgainst = (info: ReadonlyMap<string, string>, demands: ServerDemands): string[] => {
  const version = info.get('redis_version') ?? 'unknown';
  const policy = info.get('maxmemory_policy') ?? 'unknown';
  const reasons: string[] = [];
  if (isOlder(version))
    reasons.push(`Redis is version ${version}; ${oldestVersion.join('.')} or newer is needed.`);
  if (demands.appendOnly && info.get('aof_enabled') !== '1') {
    reasons.push('Redis keeps no append-only file; set "appendonly yes".');
  }
  if (demands.noEviction && policy !== 'noeviction') {
    reasons.push(`Redis may evict data (maxmemory-policy ${policy}); set "maxmemory-policy noeviction".`);
  }
  if (info.get('role') === 'slave') reasons.push('Redis is a replica and takes no writes.');
  if (info.get('cluster_enabled') === '1')
    reasons.push('Redis runs in cluster mode, which is not supported.');
  return reasons;
};

const parseInfo = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text
      .split('\r\n')
      .map((line): [string, string] => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]),
  );

const isOlder = (version: string): boolean => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor, oldestMinor] = oldestVersion;
  return !(major > oldestMajor || (major === oldestMajor && minor >= oldestMinor));
};
