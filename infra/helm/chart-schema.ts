import type { TObject } from 'typebox';
import { settingsOf } from '../docs/settings-document.ts';

type Json = Readonly<Record<string, unknown>>;
type Setting = {
  readonly type?: string;
  readonly description?: string;
  readonly writeOnly?: boolean;
  readonly default?: unknown;
};

/** What the charts decide themselves, by `ports` and `drainSeconds`. */
const DECIDED = new Set(['HOST', 'PORT', 'OPS_PORT', 'DRAIN_DELAY_MS']);

/** Keywords of our settings that JSON Schema draft 7, which helm reads, has too. */
const KEPT = [
  'description',
  'type',
  'enum',
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'pattern',
  'items',
  'minItems',
];

const kept = (setting: object): Json =>
  Object.fromEntries(Object.entries(setting).filter(([keyword]) => KEPT.includes(keyword)));

/** A setting as a value of YAML; null is how a user takes a default away. */
const asValue = (setting: Setting): Json => {
  const { description, ...rules } = kept(setting);
  const text = setting.type === 'array' ? [{ type: 'string', minLength: 1 }] : [];
  return { description, anyOf: [rules, ...text, { type: 'null' }] };
};

const named = (names: readonly string[], of: Json): Json => ({
  type: 'object',
  additionalProperties: false,
  properties: Object.fromEntries(names.map((name) => [name, of])),
});

/** Each setting that is needed stands in one of the places where it can. */
const givenSomewhere = (name: string): Json => ({
  anyOf: ['settings', 'secrets', 'files'].map((place) => ({
    required: [place],
    properties: { [place]: { required: [name], properties: { [name]: { not: { type: 'null' } } } } },
  })),
});

const object = (properties: Json, required: readonly string[] = []): Json => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});
const text = { type: 'string' };
const filled = { type: 'string', minLength: 1 };
const flag = { type: 'boolean' };
const count = (minimum: number, maximum: number) => ({ type: 'integer', minimum, maximum });
const list = (items: Json) => ({ type: 'array', items });
const free = { type: 'object' };
const key = object({ name: filled, key: filled }, ['name', 'key']);
const image = {
  registry: text,
  repository: filled,
  tag: text,
  digest: { type: 'string', pattern: '^(sha256:[0-9a-f]{64})?$' },
};
const server = object({ peers: list(free), ports: { ...list(count(1, 65_535)), minItems: 1 } }, ['ports']);
const copies = { minReplicas: count(1, 100), maxReplicas: count(1, 100) };

/** What every chart can be told beside its settings. */
const COMMON: Json = {
  global: free,
  defaults: free,
  service: free,
  exports: free,
  image: object({
    ...image,
    pullPolicy: { enum: ['Always', 'IfNotPresent', 'Never'] },
    pullSecrets: list(filled),
  }),
  replicas: count(1, 100),
  copiesSetting: filled,
  ingressPath: filled,
  caBundle: { anyOf: [key, { type: 'object', maxProperties: 0 }] },
  ports: object({ http: count(1_024, 65_535), ops: count(1_024, 65_535) }, ['http', 'ops']),
  drainSeconds: count(0, 20),
  resources: object({ requests: free, limits: free }),
  autoscaling: object({ enabled: flag, ...copies, cpuPercent: count(1, 100) }),
  keda: object({
    enabled: flag,
    ...copies,
    group: text,
    brokers: text,
    topics: list(filled),
    lag: count(1, 10_000_000),
    authenticationRef: text,
  }),
  disruptionBudget: object({ enabled: flag, maxUnavailable: { type: ['integer', 'string'] } }),
  ingress: {
    ...object({ enabled: flag, className: text, host: text, tlsSecret: text, annotations: free }),
    if: { properties: { enabled: { const: true } }, required: ['enabled'] },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: { properties: { host: filled } },
  },
  monitoring: object({ enabled: flag, interval: { type: 'string', pattern: '^\\d+[smh]$' }, labels: free }),
  networkPolicy: object({
    enabled: flag,
    redis: server,
    kafka: server,
    registry: server,
    acme: server,
    public: list(free),
    metrics: list(free),
    dns: list(free),
  }),
  topics: object({
    enabled: flag,
    image: object(image),
    replicationFactor: count(0, 9),
    waitSeconds: count(0, 3_600),
  }),
  podAnnotations: free,
  podLabels: free,
  nodeSelector: free,
  tolerations: list(free),
  affinity: free,
};

/** The schema of one chart's values: the service's own settings by their own rules, secrets only from Secrets. */
export const chartSchema = (service: string, settings: TObject): Json => {
  const own = Object.entries<Setting>(settings.properties).filter(([name]) => !DECIDED.has(name));
  const required: readonly string[] = settings.required ?? [];
  const needed = own.filter(([name, setting]) => required.includes(name) && setting.default === undefined);
  const open = own.filter(([, setting]) => !setting.writeOnly);
  const names = own.map(([name]) => name);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: `Values of ${service}; made by npm run generate:charts`,
    ...object({
      ...COMMON,
      settings: object(Object.fromEntries(open.map(([name, setting]) => [name, asValue(setting)]))),
      secrets: named(names, { anyOf: [key, { type: 'null' }] }),
      files: named(names, { anyOf: [key, { type: 'null' }] }),
    }),
    allOf: needed.map(([name]) => givenSomewhere(name)),
  };
};

/** The text of each chart's values.yaml.schema, by service. */
export const chartSchemas = (): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(settingsOf).map(([service, settings]) => [
      service,
      `${JSON.stringify(chartSchema(service, settings), null, 2)}\n`,
    ]),
  );
