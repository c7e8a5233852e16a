import {
  type Codec,
  createCodec,
  createKafkaClient,
  createRegistry,
  deploySchemas,
  deployTopics,
  type KafkaClient,
  sourceEventContracts,
  webhookQuarantine,
} from '@contact-sync/kafka';
import { type Infrastructure, startInfrastructure } from '@contact-sync/launcher/infrastructure.ts';
import { silentProgress } from '@contact-sync/launcher/progress.ts';
import { openRun, type Run } from '@contact-sync/launcher/run/run.ts';
import type { ServerProcess } from '@contact-sync/launcher/run/server-process.ts';
import { createTcpProxy, type TcpProxy } from '@contact-sync/testing';

export type ServerName = 'kafka' | 'registry' | 'redis';

/** Servers for one test file to hurt as it likes, and a network in front of each that can be made bad. */
export type Servers = {
  readonly run: Run;
  /** What stands between the service and each server. */
  readonly proxies: Readonly<Record<ServerName, TcpProxy>>;
  /** Straight to the broker, past its proxy, as is what follows. */
  readonly client: KafkaClient;
  readonly broker: string;
  readonly redisUrl: string;
  /** Decodes what the service writes, also while the registry is away. */
  readonly codec: Codec;
  /** Ends one of the file's own by SIGKILL. */
  crash(name: ServerName): Promise<void>;
  /** Stops one of the file's own by SIGSTOP. */
  freeze(name: ServerName): Promise<void>;
  /** Makes every network good, thaws what is frozen, and starts what crashed, on its port and data. */
  heal(): Promise<void>;
  stop(): Promise<void>;
};

const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

const contracts = [...sourceEventContracts, webhookQuarantine];

const deploy = async (client: KafkaClient, registryUrl: string): Promise<void> => {
  const config = { 'max.message.bytes': '2097152' };
  await deployTopics(
    client,
    contracts.map(({ topic }) => ({ name: topic, partitions: 3, config })),
  );
  await deploySchemas({ url: registryUrl }, contracts);
};

/** The servers of the run, those that are to be the file's own left out so that they are started. */
const environmentWithout = (own: readonly ServerName[], changes: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  ...process.env,
  ...changes,
  ...(own.includes('kafka') && { KAFKA_BROKERS: '' }),
  ...(own.includes('registry') && { SCHEMA_REGISTRY_URL: '' }),
  ...(own.includes('redis') && { REDIS_URL: '' }),
});

const createFaults = ({ processes }: Infrastructure) => {
  const hurt = new Map<ServerName, 'crashed' | 'frozen'>();
  const ownOne = (name: ServerName): ServerProcess => {
    const found = processes[name];
    if (found === undefined) throw new Error(`${name} serves the whole test run: name it to startServers`);
    return found;
  };
  const hit = (state: 'crashed' | 'frozen', signal: NodeJS.Signals) => async (name: ServerName) => {
    await ownOne(name).kill(signal);
    hurt.set(name, state);
  };
  return {
    crash: hit('crashed', 'SIGKILL'),
    freeze: hit('frozen', 'SIGSTOP'),
    recover: async () => {
      for (const [name, state] of hurt) {
        await (state === 'frozen' ? ownOne(name).kill('SIGCONT') : ownOne(name).restart());
        hurt.delete(name);
      }
    },
  };
};

/** Of `host:port` or a URL; an engine may bind its ports to another address than 127.0.0.1. */
const targetOf = (address: string): { host: string; port: number } => {
  const { hostname, port } = new URL(address.includes('://') ? address : `tcp://${address}`);
  return { host: hostname, port: Number(port) };
};

/**
 * A broker and a Redis of the file's own (or whichever are named), the rest from the test run, with the topics and
 * schemas of the service. Everything ends with the test run.
 */
export const startServers = async (
  own: readonly ServerName[] = ['kafka', 'redis'],
  changes: NodeJS.ProcessEnv = {},
): Promise<Servers> => {
  await using started = new AsyncDisposableStack();
  const run = await openRun();
  started.defer(() => run.close());
  const environment = environmentWithout(own, changes);
  const infrastructure = await startInfrastructure({ environment, progress: silentProgress, run });
  started.defer(() => infrastructure.stop());
  const { KAFKA_BROKERS: broker, SCHEMA_REGISTRY_URL: registryUrl, REDIS_URL } = infrastructure.environment;
  const client = createKafkaClient({ brokers: [broker], clientId: 'ingest-faults', logger: silent });
  await deploy(client, registryUrl);
  const codec = createCodec({ registry: createRegistry({ url: registryUrl }) });
  await codec.prepare(contracts);
  const proxyOf = async (address: string): Promise<TcpProxy> => {
    const proxy = await createTcpProxy({ target: targetOf(address) });
    started.defer(() => proxy.close());
    return proxy;
  };
  const proxies = {
    kafka: await proxyOf(broker),
    registry: await proxyOf(registryUrl),
    redis: await proxyOf(REDIS_URL),
  };
  const { crash, freeze, recover } = createFaults(infrastructure);
  const owned = started.move();
  return {
    run,
    proxies,
    client,
    broker,
    redisUrl: REDIS_URL,
    codec,
    crash,
    freeze,
    heal: async () => {
      for (const proxy of Object.values(proxies)) proxy.setBehaviour({ kind: 'pass' });
      await recover();
    },
    stop: () => owned.disposeAsync(),
  };
};
