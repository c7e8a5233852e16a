import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileCache, eventually, uniquePrefix } from '@contact-sync/testing';
import { choosePort } from '@contact-sync/testing/ports.ts';
import { acmeSecret } from './acme.ts';
import type { Servers } from './servers.ts';

type Fault = 'die-before-produce' | 'die-before-answer' | 'late-loop' | 'collect-garbage';

export type IngestOptions = {
  readonly settings?: Readonly<Record<string, string>>;
  /** What is loaded into the process before the service; see the files in `preload/`. */
  readonly faults?: readonly Fault[];
};

type End = { readonly code: number | null; readonly signal: NodeJS.Signals | null };

/** The service as a process of its own. */
export type Ingest = {
  readonly url: string;
  readonly opsUrl: string;
  readonly pid: number;
  /** Resolves when the process has ended, however. */
  readonly ended: Promise<End>;
  kill(signal: NodeJS.Signals): void;
  /** Whether `/readyz` says so. */
  isReady(): Promise<boolean>;
  /** Rejects, with the end of the log, where it is not ready in time or has ended. */
  untilReady(timeoutMs?: number): Promise<void>;
  /** Rejects where its Kafka is not usable again in time; readiness does not wait for it a second time. */
  untilConnected(timeoutMs?: number): Promise<void>;
  /** All that it has written so far. */
  log(): Promise<string>;
  /** The sum of a metric over its labels; 0 while it has no sample. */
  metric(name: string): Promise<number>;
  [Symbol.asyncDispose](): Promise<void>;
};

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const preloads: Readonly<Record<Fault | 'redirect', string>> = {
  redirect: fileURLToPath(new URL('./preload/redirect.ts', import.meta.url)),
  'die-before-produce': fileURLToPath(new URL('./preload/die-before-produce.ts', import.meta.url)),
  'die-before-answer': fileURLToPath(new URL('./preload/die-before-answer.ts', import.meta.url)),
  'collect-garbage': fileURLToPath(new URL('./preload/collect-garbage.ts', import.meta.url)),
  'late-loop': fileURLToPath(new URL('./preload/late-loop.ts', import.meta.url)),
};

const writeSecrets = async (folder: string): Promise<string> => {
  const file = join(folder, 'acme-secrets.json');
  await writeFile(file, JSON.stringify({ secrets: [{ id: 'acme-1', secret: acmeSecret }] }), { mode: 0o600 });
  return file;
};

const settingsOf = async ({ run, broker, proxies }: Servers, ports: readonly [number, number]) => ({
  HOST: '127.0.0.1',
  PORT: String(ports[0]),
  OPS_PORT: String(ports[1]),
  LOG_LEVEL: 'debug',
  KAFKA_BROKERS: broker,
  REDIRECT: `${broker.split(':')[1]}:${proxies.kafka.port}`,
  SCHEMA_REGISTRY_URL: `${proxies.registry.url('http')}/apis/ccompat/v7`,
  REDIS_URL: proxies.redis.url('redis'),
  AUTH_URL: 'http://127.0.0.1:9',
  SERVICE_CLIENT_ID: 'webhook-ingest',
  SERVICE_CLIENT_SECRET: 'a secret of sixteen characters',
  ACME_SECRETS_FILE: await writeSecrets(run.folder),
  // A machine that is short of time is no overload; a test of shedding says so.
  MAX_EVENT_LOOP_DELAY_MS: '0',
});

const sumOf = (text: string, name: string): number =>
  text
    .split('\n')
    .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);

/** Starts the service on the servers, each behind its proxy; resolves at once, before it listens. */
export const launchIngest = async (servers: Servers, options: IngestOptions = {}): Promise<Ingest> => {
  const ports = [await choosePort(), await choosePort()] as const;
  const [url, opsUrl] = ports.map((port) => `http://127.0.0.1:${port}`) as [string, string];
  const logFile = join(servers.run.logFolder, `${uniquePrefix()}ingest.log`);
  const imports = ['redirect' as const, ...(options.faults ?? [])].map(
    (name) => `--import=${preloads[name]}`,
  );
  const child = servers.run.spawn(process.execPath, ['--conditions=source', ...imports, main], {
    environment: { ...compileCache(), ...(await settingsOf(servers, ports)), ...options.settings },
    logFile,
  });
  const ended = once(child, 'exit').then(([code, signal]): End => ({ code, signal }));
  const log = () => readFile(logFile, 'utf8');
  const isReady = async () => (await fetch(`${opsUrl}/readyz`).catch(() => undefined))?.ok ?? false;
  const metric = async (name: string) => sumOf(await (await fetch(`${opsUrl}/metrics`)).text(), name);
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  return {
    url,
    opsUrl,
    pid: child.pid ?? 0,
    ended,
    kill: (signal) => void child.kill(signal),
    isReady,
    log,
    untilReady: async (timeoutMs = 60_000) => {
      const ready = () => hasEnded() || isReady();
      await eventually(ready, { timeoutMs }).catch(async (error: Error) => {
        throw new Error(`${error.message}; its log ends:\n${(await log()).slice(-2_000)}`);
      });
      if (hasEnded()) throw new Error(`ended while starting; its log ends:\n${(await log()).slice(-2_000)}`);
    },
    untilConnected: async (timeoutMs = 60_000) => {
      await eventually(async () => (await metric('dependency_up')) === 1, { timeoutMs });
    },
    metric,
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGCONT');
      child.kill('SIGKILL');
      await ended;
    },
  };
};

/** {@link launchIngest}, and waits until it is ready. */
export const startIngest = async (servers: Servers, options: IngestOptions = {}): Promise<Ingest> => {
  const ingest = await launchIngest(servers, options);
  await ingest.untilReady();
  return ingest;
};
