import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settingsOf } from '../../docs/settings-document.ts';
import { EDGES, SERVICE_NAMES, type ServiceName } from '../../local/service-plan.ts';
import { buildDependencies, type KubernetesObject, lint, objectsOf, template } from './render.ts';

const run = promisify(execFile);

/** Kubernetes' oldest version that the charts are for, and the newest that the validator knows. */
const VERSIONS = ['1.31', '1.37'];
/** Kinds of operators, whose schemas Kubernetes does not have: rendered, and judged by nobody here. */
const OF_OPERATORS = ['ServiceMonitor', 'PrometheusRule', 'ScaledObject'];

type Container = {
  readonly name: string;
  readonly securityContext: object;
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
  readonly resources: { readonly limits?: { readonly memory?: string } };
};
type Pod = {
  readonly securityContext: object;
  readonly automountServiceAccountToken: boolean;
  readonly terminationGracePeriodSeconds?: number;
  readonly containers: readonly Container[];
};
type Rule = {
  readonly to?: readonly {
    readonly podSelector?: { readonly matchLabels: Readonly<Record<string, string>> };
  }[];
  readonly from?: Rule['to'];
  readonly ports: readonly { readonly port: number | string }[];
};

const speaksToKafka = (name: ServiceName) => EDGES[name].servers.includes('KAFKA_BROKERS');

const valueSets = (name: ServiceName): [string, string[]][] => [
  ['as they are', []],
  ['with every switch on', ['-f', 'values/everything.yaml']],
  ['with KEDA', ['--set', 'keda.enabled=true,keda.brokers=kafka:9092,keda.topics={a,b},keda.group=g']],
  ...(speaksToKafka(name)
    ? [['with servers outside', ['-f', 'values/outside-servers.yaml']] as [string, string[]]]
    : []),
];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'contact-sync-charts-'));
  for (const name of SERVICE_NAMES) await buildDependencies(name);
  await buildDependencies('contact-sync');
});
afterAll(() => rm(folder, { recursive: true }));

const render = async (name: string, options: readonly string[] = []) =>
  objectsOf(await template(name, ...options));

const find = (objects: readonly KubernetesObject[], kind: string, name: string) => {
  const found = objects.find((object) => object.kind === kind && object.metadata.name === name);
  if (found === undefined) throw new Error(`no ${kind} ${name}`);
  return found;
};

const podsOf = (objects: readonly KubernetesObject[]): Pod[] =>
  objects
    .filter(({ kind }) => kind === 'Deployment' || kind === 'Job')
    .map(({ spec }) => (spec as { template: { spec: Pod } }).template.spec);

const validate = async (objects: readonly KubernetesObject[], version: string) => {
  const file = join(folder, `${crypto.randomUUID()}.yaml`);
  const judged = objects.filter(({ kind }) => !OF_OPERATORS.includes(kind));
  await writeFile(file, judged.map((object) => JSON.stringify(object)).join('\n---\n'));
  await run('kubernetes-validate', ['--strict', '-k', version, file]);
};

describe.each(SERVICE_NAMES)('the chart of %s', (name) => {
  it.each(valueSets(name))(
    '%s: is clean, valid for the oldest and the newest Kubernetes, and confined',
    async (_, options) => {
      await lint(name, ...options);
      const objects = await render(name, options);
      for (const version of VERSIONS) await validate(objects, version);
      for (const pod of podsOf(objects)) {
        expect(pod.automountServiceAccountToken).toBe(false);
        expect(pod.securityContext).toMatchObject({
          runAsNonRoot: true,
          seccompProfile: { type: 'RuntimeDefault' },
        });
        for (const container of pod.containers) {
          expect(container.securityContext).toEqual({
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'] },
          });
          expect(container.resources.limits?.memory).toMatch(/Mi$/);
        }
      }
    },
  );

  it('gives a pod that is to end its drain and what closing takes', async () => {
    const objects = await render(name, ['--set', 'drainSeconds=20']);
    const [pod] = podsOf(objects.filter(({ kind }) => kind === 'Deployment'));
    expect(find(objects, 'ConfigMap', name).data).toMatchObject({ DRAIN_DELAY_MS: '20000' });
    expect(pod?.terminationGracePeriodSeconds).toBeGreaterThan(20 + 9.5);
  });

  it('can give every setting of the service, secrets as files', async () => {
    const decided = ['HOST', 'PORT', 'OPS_PORT', 'DRAIN_DELAY_MS'];
    type Setting = {
      writeOnly?: boolean;
      minimum?: number;
      enum?: string[];
      type?: string;
      default?: unknown;
    };
    const open: Record<string, unknown> = {};
    const secrets: Record<string, unknown> = {};
    for (const [key, setting] of Object.entries<Setting>(settingsOf[name]?.properties ?? {})) {
      if (decided.includes(key)) continue;
      if (setting.writeOnly || key.endsWith('_FILE')) secrets[key] = { name: 'some-secret', key };
      else if (Array.isArray(setting.default) || setting.default === undefined) continue;
      else open[key] = setting.default;
    }
    const values = join(folder, `${name}.json`);
    await writeFile(values, JSON.stringify({ settings: open, secrets }));
    const objects = await render(name, ['-f', values]);
    const given = find(objects, 'ConfigMap', name).data ?? {};
    for (const [key, value] of Object.entries(open)) expect(given[key], key).toBe(String(value));
    const [pod] = podsOf(objects.filter(({ kind }) => kind === 'Deployment'));
    const names = pod?.containers[0]?.env?.map((variable) => variable.name);
    expect(names?.toSorted()).toEqual(
      Object.keys(secrets)
        .map((key) => (key.endsWith('_FILE') ? key : `${key}_FILE`))
        .toSorted(),
    );
  });

  it.each([
    ['settings.LOG_LEVEL=loud', 'LOG_LEVEL'],
    ['settings.NO_SUCH_SETTING=1', 'NO_SUCH_SETTING'],
    ['settings.HEADERS_TIMEOUT_MS=1', 'HEADERS_TIMEOUT_MS'],
    ['settings.REDIS_URL=redis://x', 'REDIS_URL'],
    ['replicas=0', 'replicas'],
    ['drainSeconds=21', 'drainSeconds'],
    ['image.digest=latest', 'digest'],
    ['ingress.enabled=true', 'host'],
    ['no.such.value=1', 'no'],
  ])('refuses %s by its schema', async (wrong, place) => {
    await expect(template(name, '--set', wrong)).rejects.toThrow(
      new RegExp(`don't meet the specifications[^]*${place}`),
    );
  });

  it('lets in and out what the design’s table has, and nothing else', async () => {
    const spec = find(await render(name, ['-f', 'values/everything.yaml']), 'NetworkPolicy', name).spec ?? {};
    expect(spec['policyTypes']).toEqual(['Ingress', 'Egress']);
    const peersOf = (rules: unknown, direction: 'to' | 'from') =>
      (rules as readonly Rule[])
        .flatMap((rule) => rule[direction] ?? [])
        .flatMap(({ podSelector }) => podSelector?.matchLabels['app.kubernetes.io/name'] ?? [])
        .toSorted();
    expect(peersOf(spec['egress'], 'to')).toEqual(EDGES[name].peers.toSorted());
    const callers = SERVICE_NAMES.filter((other) => EDGES[other].peers.includes(name));
    expect(peersOf(spec['ingress'], 'from')).toEqual(callers.toSorted());
    const ports = (spec['egress'] as readonly Rule[]).flatMap((rule) => rule.ports.map(({ port }) => port));
    expect(ports.includes(9092)).toBe(speaksToKafka(name));
    expect(ports.includes(443)).toBe(name === 'event-worker');
  });
});

describe('the umbrella', () => {
  it('is clean, valid, and has all six with one hook', async () => {
    await lint('contact-sync');
    const objects = await render('contact-sync');
    for (const version of VERSIONS) await validate(objects, version);
    const deployments = objects
      .filter(({ kind }) => kind === 'Deployment')
      .map(({ metadata }) => metadata.name);
    expect(deployments.toSorted()).toEqual(SERVICE_NAMES.toSorted());
    expect(objects.filter(({ kind }) => kind === 'Job')).toHaveLength(1);
  });
});
