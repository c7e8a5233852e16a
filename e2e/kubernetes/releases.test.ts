import { DEMO_RUN } from '@contact-sync/launcher/demo/simulator-run.ts';
import { eventually } from '@contact-sync/launcher/run/eventually.ts';
import { EDGES, SERVICE_NAMES, type ServiceName } from '@contact-sync/launcher/service-plan.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Cluster, openNamespace } from './cluster.ts';
import { under } from './load.ts';

const PORT: Record<ServiceName, number> = {
  'gateway-api': 3000,
  'auth-service': 3001,
  'contact-service': 3002,
  'webhook-ingest': 3003,
  'event-worker': 3004,
  'webhook-simulator': 3005,
};
const SERVER_OF = {
  REDIS_URL: 'redis:6379',
  KAFKA_BROKERS: 'kafka:9092',
  SCHEMA_REGISTRY_URL: 'registry:8081',
} as const;

/** Each after those that it cannot be ready without. */
const ORDER = [
  'auth-service',
  'contact-service',
  'webhook-ingest',
  'event-worker',
  'webhook-simulator',
  'gateway-api',
] as const satisfies readonly ServiceName[];

const NO_FAILURE = { failed: {} };
let cluster: Cluster;

beforeAll(async () => {
  cluster = await openNamespace(`contact-sync-${process.pid}`);
});
afterAll(() => cluster?.remove());

const podsOf = async (name: ServiceName): Promise<string[]> => {
  const selector = `app.kubernetes.io/name=${name}`;
  const output = await cluster.kubectl(
    'get',
    'pods',
    '-l',
    selector,
    '--field-selector=status.phase=Running',
    '-o',
    'name',
  );
  return output.split('\n').filter(Boolean);
};
const rolledOut = (name: ServiceName) =>
  cluster.kubectl('rollout', 'status', `deployment/${name}`, '--timeout=300s');
const rightVerdict = async () => {
  const right = { ok: true, lost: [], doubled: [], unverified: [] };
  expect(await cluster.client('run.mjs', JSON.stringify(DEMO_RUN))).toMatchObject(right);
};

describe('a release of each service', () => {
  test.each(ORDER)('%s is installed alone and becomes ready', async (name) => {
    await cluster.release(name);
    await rolledOut(name);
  });

  test('together they give the right verdict', rightVerdict);

  test.each(SERVICE_NAMES)('%s is upgraded under 50 requests a second, none of which fails', async (name) => {
    const outcome = await under(cluster, 50, () =>
      cluster.release(name, '--set', 'podAnnotations.release=second'),
    );
    console.log(`${name}: ${outcome.sent} requests in ${outcome.seconds} s`);
    expect(outcome).toMatchObject(NO_FAILURE);
    expect(outcome.sent).toBeGreaterThan(100);
  });

  test('one is rolled back under 50 requests a second, none of which fails', async () => {
    const back = () => cluster.helm('rollback', 'contact-service', '--wait', '--timeout', '300s');
    expect(await under(cluster, 50, back)).toMatchObject(NO_FAILURE);
    await rightVerdict();
  });
});

describe('what must not get in', () => {
  test.each([
    ['an image that is not there', ['--set', 'image.tag=no-such-tag']],
    ['a Secret that is not there', ['--set', 'secrets.REDIS_URL.name=no-such-secret']],
    ['a setting that the service refuses', ['--set', 'settings.TRUSTED_PROXIES=999.0.0.0']],
  ])('%s stops the rollout, and the old pods serve on', async (_, wrong) => {
    const before = await podsOf('gateway-api');
    const outcome = await under(cluster, 50, async () => {
      await expect(cluster.release('gateway-api', ...wrong, '--timeout', '40s')).rejects.toThrow();
      expect(await podsOf('gateway-api')).toEqual(expect.arrayContaining(before));
      await cluster.helm('rollback', 'gateway-api', '--wait', '--timeout', '300s');
    });
    expect(outcome).toMatchObject(NO_FAILURE);
  });
});

describe('pods that go', () => {
  test.each(SERVICE_NAMES)('%s: each pod is deleted once and replaced', async (name) => {
    for (const pod of await podsOf(name)) {
      await cluster.kubectl('delete', pod, '--wait=true', '--timeout=120s');
      await rolledOut(name);
    }
  });

  test('the verdict is still right', rightVerdict);

  test('a drain evicts one pod of a service and is held for the other', async () => {
    const evict = async (pod: string) => {
      const name = pod.replace('pod/', '');
      const path = `/api/v1/namespaces/${cluster.namespace}/pods/${name}/eviction`;
      const eviction = {
        apiVersion: 'policy/v1',
        kind: 'Eviction',
        metadata: { name, namespace: cluster.namespace },
      };
      return cluster.evict(path, JSON.stringify(eviction));
    };
    const [first = '', second = ''] = await podsOf('contact-service');
    await evict(first);
    await expect(evict(second)).rejects.toThrow(/disruption budget/);
    await rolledOut('contact-service');
  });
});

describe('edges', () => {
  const targets = [...SERVICE_NAMES.map((name) => `${name}:${PORT[name]}`), ...Object.values(SERVER_OF)];

  test.each(SERVICE_NAMES)('%s reaches what the design says, and nothing else', async (name) => {
    const { peers, servers } = EDGES[name];
    const allowed = [
      ...peers.map((peer) => `${peer}:${PORT[peer]}`),
      ...servers.map((server) => SERVER_OF[server]),
    ];
    // What any client may reach, gateway and ingest, is refused by the service's own rule for what goes out.
    const others = targets.filter((target) => !target.startsWith(`${name}:`));
    await eventually(
      async () =>
        expect(await cluster.as(name, 'reach.mjs', ...others)).toEqual(
          Object.fromEntries(others.map((target) => [target, allowed.includes(target)])),
        ),
      { withinMs: 60_000, everyMs: 1_000 },
    );
  });

  test('a client reaches the two public services, and no other', async () => {
    const all = SERVICE_NAMES.map((name) => `${name}:${PORT[name]}`);
    const open = ['gateway-api:3000', 'webhook-ingest:3003'];
    expect(await cluster.client('reach.mjs', ...all)).toEqual(
      Object.fromEntries(all.map((target) => [target, open.includes(target)])),
    );
  });
});

describe('the API server takes every object', () => {
  const OUTSIDE = ['contact-service', 'webhook-ingest', 'event-worker'] as const;
  const values = (file: string) => [
    '-f',
    new URL(`../../infra/helm/values/${file}`, import.meta.url).pathname,
  ];

  test.each([
    ...SERVICE_NAMES.map((name) => [name, 'its own values', [] as string[]] as const),
    ...SERVICE_NAMES.map(
      (name) =>
        [
          name,
          'every switch of Kubernetes’ own kinds',
          [...values('everything.yaml'), '--set', 'monitoring.enabled=false'],
        ] as const,
    ),
    ...OUTSIDE.map((name) => [name, 'servers outside', values('outside-servers.yaml')] as const),
  ])('%s with %s', async (name, _, options) => {
    await cluster.apply(
      await cluster.template(name, ...options),
      '--server-side',
      '--force-conflicts',
      '--dry-run=server',
    );
  });
});
