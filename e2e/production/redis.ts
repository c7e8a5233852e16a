import { copyFile, mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { redisServerExecutable } from '@contact-sync/testing';
import { choosePort } from '@contact-sync/testing/ports.ts';
import {
  askRedis,
  LOCAL_SETTINGS,
  REDIS_CONF,
  type RedisUser,
  type Run,
  redisUsers,
  type ServerProcess,
  startServer,
} from '../src/launcher.ts';
import type { Certificates } from './certificates.ts';

export type RedisPasswords = Readonly<Record<RedisUser, string>>;

export type SecuredRedis = {
  readonly process: ServerProcess;
  /** `rediss://`, as that user. */
  urlFor(user: RedisUser, password?: string): string;
};

const READY_WITHIN_MS = 20_000;

/** What a server or a sentinel is told of certificates, by name and value. */
export const tlsSettings = ({
  authority,
  key,
  certificate,
}: Certificates): readonly (readonly [string, string])[] => [
  ['tls-cert-file', certificate],
  ['tls-key-file', key],
  ['tls-ca-cert-file', authority],
  ['tls-auth-clients', 'no'],
  ['tls-replication', 'yes'],
];

const asParameters = (settings: readonly (readonly [string, string])[]) =>
  settings.flatMap(([name, value]) => [`--${name}`, value]);

/** Starts Redis as it is shipped, with the shipped users, and TLS as its only port. */
export const startSecuredRedis = async (
  run: Run,
  certificates: Certificates,
  passwords: RedisPasswords,
  {
    name = 'redis',
    parameters = [],
  }: { readonly name?: string; readonly parameters?: readonly string[] } = {},
): Promise<SecuredRedis> => {
  const executable = redisServerExecutable();
  if (executable === undefined) throw new Error('no redis-server: set REDIS_SERVER to one');
  const folder = await mkdtemp(join(run.folder, `${name}-`));
  const users = join(folder, 'users.acl');
  await writeFile(users, redisUsers(passwords), { mode: 0o600 });
  // Sentinel has a server write what a fail-over changed into its settings: they are a copy of its own.
  const settings = join(folder, 'redis.conf');
  await copyFile(REDIS_CONF, settings);
  const port = await choosePort();
  const urlFor = (user: RedisUser, password = passwords[user]) =>
    `rediss://${user}:${password}@localhost:${port}`;
  const server = await startServer(run, {
    name,
    port,
    command: executable,
    parameters: [
      ...[settings, ...LOCAL_SETTINGS, '--bind', '127.0.0.1', '--port', '0', '--tls-port', String(port)],
      ...['--dir', folder, '--aclfile', users, ...asParameters(tlsSettings(certificates))],
      // As a replica it comes to its primary by these.
      ...['--masteruser', 'replica', '--masterauth', passwords.replica, ...parameters],
    ],
    readyWithinMs: READY_WITHIN_MS,
    async ready(pid) {
      const reply = await askRedis(urlFor('operator'), `AUTH operator ${passwords.operator}\r\nINFO server`);
      if (!reply.includes(`process_id:${pid}`)) throw new Error(`it says ${reply.slice(0, 100)}`);
    },
  });
  return { process: server, urlFor };
};
