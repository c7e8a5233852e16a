import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { redisServerExecutable } from '@contact-sync/testing';
import { choosePort } from '@contact-sync/testing/ports.ts';
import {
  askRedis,
  type RedisUser,
  type Run,
  randomSecret,
  type ServerProcess,
  startServer,
} from '../src/launcher.ts';
import type { Certificates } from './certificates.ts';
import { type RedisPasswords, type SecuredRedis, startSecuredRedis, tlsSettings } from './redis.ts';

const MASTER = 'contacts';
/** Two of three have to agree that the primary is gone. */
const SENTINELS = 3;
const QUORUM = 2;
const DOWN_AFTER_MS = 2_000;

export type RedisPair = {
  readonly primary: SecuredRedis;
  readonly replica: SecuredRedis;
  /** `rediss-sentinel://`, as that user. */
  urlFor(user: RedisUser, password?: string): string;
  /** Resolves where every sentinel knows the replica and the others; rejects until then. */
  watched(): Promise<void>;
  /** The port of the primary as the first sentinel knows it. */
  primaryPort(): Promise<number>;
};

type Watch = {
  readonly run: Run;
  readonly certificates: Certificates;
  readonly passwords: RedisPasswords;
  readonly password: string;
  readonly primaryPort: number;
};

const settingsOf = (
  { certificates, passwords, password, primaryPort }: Watch,
  port: number,
  folder: string,
) =>
  [
    ...['bind 127.0.0.1', 'port 0', `tls-port ${port}`, `dir ${folder}`],
    ...tlsSettings(certificates).map(([name, value]) => `${name} ${value}`),
    ...[`requirepass ${password}`, `sentinel sentinel-pass ${password}`],
    `sentinel monitor ${MASTER} 127.0.0.1 ${primaryPort} ${QUORUM}`,
    ...[`sentinel auth-user ${MASTER} sentinel`, `sentinel auth-pass ${MASTER} ${passwords.sentinel}`],
    `sentinel down-after-milliseconds ${MASTER} ${DOWN_AFTER_MS}`,
    '',
  ].join('\n');

const startSentinel = async (watch: Watch, number: number): Promise<ServerProcess> => {
  const { run, password } = watch;
  const executable = redisServerExecutable();
  if (executable === undefined) throw new Error('no redis-server: set REDIS_SERVER to one');
  const folder = await mkdtemp(join(run.folder, 'sentinel-'));
  const settings = join(folder, 'sentinel.conf');
  const port = await choosePort();
  await writeFile(settings, settingsOf(watch, port, folder), { mode: 0o600 });
  return startServer(run, {
    name: `sentinel-${number}`,
    port,
    command: executable,
    parameters: [settings, '--sentinel'],
    readyWithinMs: 20_000,
    async ready() {
      const reply = await askRedis(`rediss://localhost:${port}`, `AUTH ${password}\r\nPING`);
      if (!reply.includes('+PONG')) throw new Error(`it says ${reply.slice(0, 100)}`);
    },
  });
};

/** Starts a replica of the primary and three sentinels that watch both; all of them over TLS and with passwords. */
export const startReplicaAndSentinels = async (
  run: Run,
  certificates: Certificates,
  passwords: RedisPasswords,
  primary: SecuredRedis,
): Promise<RedisPair> => {
  const primaryPort = primary.process.port;
  const replica = await startSecuredRedis(run, certificates, passwords, {
    name: 'redis-replica',
    parameters: ['--replicaof', '127.0.0.1', String(primaryPort)],
  });
  const password = randomSecret();
  const watch = { run, certificates, passwords, password, primaryPort };
  const sentinels = await Promise.all(
    Array.from({ length: SENTINELS }, (_, index) => startSentinel(watch, index)),
  );
  const ask = ({ port }: ServerProcess, command: string) =>
    askRedis(`rediss://localhost:${port}`, `AUTH ${password}\r\n${command}`);
  const hosts = sentinels.map(({ port }) => `localhost:${port}`).join(',');
  return {
    primary,
    replica,
    urlFor: (user, own = passwords[user]) =>
      `rediss-sentinel://${user}:${own}@${hosts}?master=${MASTER}&sentinelPassword=${password}`,
    async watched() {
      for (const sentinel of sentinels) {
        const told = await ask(sentinel, 'INFO sentinel');
        if (!told.includes(`slaves=1,sentinels=${SENTINELS}`))
          throw new Error(`a sentinel says ${told.slice(-200)}`);
      }
    },
    async primaryPort() {
      const [first] = sentinels;
      const told = first && (await ask(first, `SENTINEL GET-MASTER-ADDR-BY-NAME ${MASTER}`));
      return Number(/\r\n(\d+)\r\n\+OK\r\n$/.exec(told ?? '')?.[1]);
    },
  };
};
