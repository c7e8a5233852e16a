import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { endWithUs } from '../end-with-us.ts';
import { eventually } from '../eventually.ts';
import { choosePort } from '../ports.ts';
import { redisServerExecutable } from './executable.ts';

export type RedisServerOptions = {
  /** Further settings by name, as in redis.conf: `{ 'maxmemory-policy': 'allkeys-lru' }`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Which Redis; {@link redisServerExecutable} by default. */
  readonly executable?: string;
};

export type RedisServer = {
  readonly port: number;
  readonly url: string;
  /** Where its data lies. */
  readonly folder: string;
  /** Of the running server; another one after a restart. */
  readonly pid: number;
  /**
   * Sends a signal: SIGSTOP freezes, SIGCONT thaws, SIGKILL is a crash. Resolves once a deadly one did its work; rejects
   * where nothing runs.
   */
  kill(signal: NodeJS.Signals): Promise<void>;
  /** Starts it again on the same port and data after a `kill`; `ready: false` does not wait until it answers. */
  start(options?: RedisServerOptions & { readonly ready?: boolean }): Promise<void>;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
};

/**
 * A Redis of one's own, for tests that freeze, kill, fill or demote it; set up by the shipped redis.conf unless `settings`
 * say otherwise. It ends with this process, also when that is killed. Throws when there is no executable.
 */
export const startRedisServer = async (options: RedisServerOptions = {}): Promise<RedisServer> => {
  const { executable = redisServerExecutable() } = options;
  if (executable === undefined) throw new Error('no redis-server: set REDIS_SERVER to one');
  const folder = await mkdtemp(join(tmpdir(), 'redis-test-'));
  // A server may write into its settings (CONFIG REWRITE); those that are shipped stay as they are.
  const ownSettings = join(folder, 'redis.conf');
  await copyFile(shippedSettings, ownSettings);
  const port = await choosePort();
  let running: Running | undefined;

  const start: RedisServer['start'] = async ({ settings = {}, ready = true } = {}) => {
    const merged = { ...options.settings, ...settings, bind: '127.0.0.1', port: String(port), dir: folder };
    const parameters = Object.entries(merged).flatMap(([name, value]) => [`--${name}`, value]);
    running = await launch(folder, executable, [ownSettings, ...parameters]);
    if (ready) await eventually(() => answers(port));
  };
  const stop = async () => {
    running?.child.kill('SIGKILL');
    await running?.ended;
    await rm(folder, { recursive: true, force: true });
  };
  await start().catch(async (error) => {
    await stop();
    throw error;
  });

  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    folder,
    get pid() {
      return running?.child.pid ?? 0;
    },
    async kill(signal) {
      if (!running?.child.kill(signal)) throw new Error('this Redis does not run');
      if (signal !== 'SIGSTOP' && signal !== 'SIGCONT') await running?.ended;
    },
    start,
    stop,
  };
};

const shippedSettings = fileURLToPath(new URL('../../../../infra/redis/redis.conf', import.meta.url));

type Running = { readonly child: ChildProcess; readonly ended: Promise<unknown> };

const launch = async (
  folder: string,
  executable: string,
  parameters: readonly string[],
): Promise<Running> => {
  const child = spawn(executable, parameters, { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  await once(child, 'spawn');
  endWithUs(child, folder);
  return { child, ended };
};

/** Throws while nothing listens or it still loads; that it wants a password first is an answer too. */
const answers = async (port: number): Promise<void> => {
  const socket = connect({ host: '127.0.0.1', port });
  try {
    socket.write('PING\r\n');
    const [reply] = await once(socket, 'data');
    if (!/^(\+PONG|-NOAUTH)/.test(String(reply))) throw new Error(`Redis says ${String(reply).trim()}`);
  } finally {
    socket.destroy();
  }
};
