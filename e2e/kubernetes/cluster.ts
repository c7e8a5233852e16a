import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { REDIS_USERS, redisUsers } from '@contact-sync/launcher/redis-users.ts';
import { createSecrets, randomSecret } from '@contact-sync/launcher/secrets.ts';
import { SERVICE_NAMES, type ServiceName } from '@contact-sync/launcher/service-plan.ts';
import { run } from '../src/command.ts';
import { imageOf } from './images.ts';

const CHARTS = fileURLToPath(new URL('../../infra/helm/', import.meta.url));
const CLIENT = fileURLToPath(new URL('./client', import.meta.url));
const SERVERS = fileURLToPath(new URL('./servers.yaml', import.meta.url));
const READY_WITHIN = '300s';

/** Small, so that six services and three servers start on a machine of two processors. */
const TEST_VALUES = [
  'autoscaling.enabled=false',
  'resources.requests.cpu=10m',
  'topics.waitSeconds=300',
].flatMap((value) => ['--set', value]);

const serverPeers = (name: string, port: number) => [
  '--set-json',
  `networkPolicy.${name}={"peers":[{"podSelector":{"matchLabels":{"app":"${name}"}}}],"ports":[${port}]}`,
];
/** Servers are let through where they are, by the ports of their pods. */
const PEERS = [
  ...serverPeers('redis', 6379),
  ...serverPeers('kafka', 9092),
  ...serverPeers('registry', 8080),
];

export type Cluster = {
  readonly namespace: string;
  kubectl(...parameters: readonly string[]): Promise<string>;
  /** Applies YAML or JSON. */
  apply(text: string, ...options: readonly string[]): Promise<string>;
  /** Objects of a chart as a cluster would get them. */
  template(chart: string, ...options: readonly string[]): Promise<string>;
  /** `helm upgrade --install` of one service, and waits until it is ready. */
  release(name: ServiceName, ...options: readonly string[]): Promise<string>;
  helm(...parameters: readonly string[]): Promise<string>;
  /** Runs a script of client/ in the client's pod; gives its last line, read as JSON. */
  client(script: string, ...parameters: readonly string[]): Promise<unknown>;
  /** Runs a script of client/ in a pod of the service itself, with its identity for network policies. */
  as(name: ServiceName, script: string, ...parameters: readonly string[]): Promise<unknown>;
  /** Asks for a pod's eviction as a drain does; rejects with why it is refused. */
  evict(path: string, body: string): Promise<void>;
  remove(): Promise<void>;
};

const lastLine = (output: string): unknown => JSON.parse(output.trim().split('\n').at(-1) ?? 'null');

const secret = (name: string, stringData: Readonly<Record<string, string>>) =>
  JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name }, stringData });

/** A Secret for each service, and what the client logs in and signs with. */
const secretsOf = async (): Promise<string[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'contact-sync-kubernetes-'));
  try {
    const secrets = await createSecrets(join(folder, 'secrets'));
    const passwords = Object.fromEntries(REDIS_USERS.map((user) => [user, randomSecret()]));
    const read = (path: string) => readFile(path, 'utf8');
    const acme = await read(secrets.acmeSecretsFile);
    const own = async (name: ServiceName): Promise<Record<string, string>> => ({
      REDIS_URL: `redis://${name}:${passwords[name]}@redis:6379`,
      ACME_SECRETS_FILE: acme,
      ...(name === 'auth-service'
        ? {
            SIGNING_KEYS: await read(secrets.signingKeysFile),
            BOOTSTRAP_CLIENTS: await read(secrets.bootstrapClientsFile),
            BOOTSTRAP_ADMIN_PASSWORD: secrets.admin.password,
          }
        : { SERVICE_CLIENT_SECRET: secrets.clientSecrets[name] }),
    });
    return [
      secret('redis-users', { 'users.acl': redisUsers(passwords as Parameters<typeof redisUsers>[0]) }),
      secret('client', {
        EMAIL: secrets.admin.email,
        PASSWORD: secrets.admin.password,
        ACME_SECRET: secrets.acmeSecret,
        GATEWAY: 'http://gateway-api:3000',
        INGEST: 'http://webhook-ingest:3003',
      }),
      ...(await Promise.all(SERVICE_NAMES.map(async (name) => secret(name, await own(name))))),
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
};

const CLIENT_POD = JSON.stringify({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'client' },
  spec: {
    terminationGracePeriodSeconds: 0,
    containers: [
      {
        name: 'client',
        image: imageOf('gateway-api'),
        imagePullPolicy: 'IfNotPresent',
        command: ['sleep', 'infinity'],
        envFrom: [{ secretRef: { name: 'client' } }],
        volumeMounts: [{ name: 'scripts', mountPath: '/scripts' }],
      },
    ],
    volumes: [{ name: 'scripts', configMap: { name: 'client-scripts' } }],
  },
});

/** An empty namespace with servers, Secrets and a client in it; the cluster is that of KUBECONFIG. */
export const openNamespace = async (namespace: string): Promise<Cluster> => {
  const kubectl = (...parameters: readonly string[]) => run('kubectl', ['-n', namespace, ...parameters]);
  const apply: Cluster['apply'] = (text, ...options) =>
    run('kubectl', ['-n', namespace, 'apply', ...options, '-f', '-'], { input: text });
  const helm = (...parameters: readonly string[]) => run('helm', ['-n', namespace, ...parameters]);
  const chart = (name: string) => join(CHARTS, name);

  await run('kubectl', ['create', 'namespace', namespace]);
  await run('kubectl', ['label', 'namespace', namespace, 'pod-security.kubernetes.io/warn=restricted']);
  for (const text of await secretsOf()) await apply(text);
  await kubectl('create', 'configmap', 'client-scripts', '--from-file', CLIENT);
  await kubectl('apply', '-f', SERVERS);
  await apply(CLIENT_POD);
  for (const name of SERVICE_NAMES) await helm('dependency', 'build', '--skip-refresh', chart(name));
  for (const name of ['redis', 'kafka', 'registry'])
    await kubectl('rollout', 'status', `deployment/${name}`, `--timeout=${READY_WITHIN}`);
  await kubectl('wait', '--for=condition=Ready', 'pod/client', `--timeout=${READY_WITHIN}`);

  const enabled = ['--set', 'settings.SIMULATOR_ENABLED=true'];
  const admin = [
    '--set',
    'settings.BOOTSTRAP_ADMIN_EMAIL=admin@example.com',
    '--set-json',
    'secrets.BOOTSTRAP_ADMIN_PASSWORD={"name":"auth-service","key":"BOOTSTRAP_ADMIN_PASSWORD"}',
  ];
  return {
    namespace,
    kubectl,
    apply,
    helm,
    template: (name, ...options) => helm('template', name, chart(name), ...options),
    release: (name, ...options) => {
      const own = { 'auth-service': admin, 'webhook-simulator': enabled }[name as string] ?? [];
      const values = [...TEST_VALUES, ...PEERS, ...own, ...options];
      return helm('upgrade', '--install', name, chart(name), '--wait', '--timeout', READY_WITHIN, ...values);
    },
    client: async (script, ...parameters) =>
      lastLine(await kubectl('exec', 'client', '--', 'node', `/scripts/${script}`, ...parameters)),
    as: async (name, script, ...parameters) => {
      const text = await readFile(join(CLIENT, script), 'utf8');
      const node = ['exec', '-i', `deploy/${name}`, '--', 'node', '--input-type=module', '-', ...parameters];
      return lastLine(await run('kubectl', ['-n', namespace, ...node], { input: text }));
    },
    evict: async (path, body) =>
      void (await run('kubectl', ['create', '--raw', path, '-f', '-'], { input: body })),
    remove: async () => void (await run('kubectl', ['delete', 'namespace', namespace, '--wait=false'])),
  };
};
