import { ConfigError, loadConfig } from '@contact-sync/service-kit';
import { describe, expect, it } from 'vitest';
import { settingsOf } from '../docs/settings-document.ts';

type Setting = {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly default?: unknown;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly items?: Setting;
  readonly writeOnly?: boolean;
};
type Environment = Readonly<Record<string, string>>;

/** Values that would do for what has no default. */
const GOOD: Environment = {
  REDIS_URL: 'redis://user:password@redis:6379/0',
  KAFKA_BROKERS: 'kafka-1:9092,kafka-2:9092',
  SCHEMA_REGISTRY_URL: 'https://registry/apis/ccompat/v7',
  SERVICE_CLIENT_ID: 'a-service',
  SERVICE_CLIENT_SECRET: 'a-secret-of-32-characters-or-more',
  ACME_SECRETS_FILE: '/run/secrets/acme.json',
  SIGNING_KEYS: '{}',
  BOOTSTRAP_CLIENTS: '[]',
};

const wrongTexts = ({ pattern, minLength = 0, maxLength }: Setting): string[] => [
  ...(pattern === undefined ? [] : ['no such / thing *']),
  ...(minLength > 1 ? ['x'.repeat(minLength - 1)] : []),
  ...(maxLength === undefined ? [] : ['x'.repeat(maxLength + 1)]),
];

/** What a setting of this kind must not be. Free text cannot be wrong. */
const wrongValues = (setting: Setting): string[] => {
  if (setting.enum) return ['no-such-thing'];
  if (setting.type === 'boolean') return ['perhaps'];
  if (setting.type === 'array') return wrongTexts(setting.items ?? {});
  if (setting.type !== 'integer' && setting.type !== 'number') return wrongTexts(setting);
  const { minimum, maximum } = setting;
  return [
    'ten',
    '1e99',
    ...(minimum ? [String(minimum - 1)] : ['-1']),
    ...(maximum ? [String(maximum + 1)] : []),
  ];
};

const faultsOf = (read: () => unknown): readonly string[] => {
  try {
    read();
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
};

describe.each(Object.entries(settingsOf))('the settings of %s', (_service, schema) => {
  const settings = Object.entries<Setting>(schema.properties);
  const required: readonly string[] = schema.required ?? [];
  const needed = settings.filter(
    ([name, { default: value }]) => required.includes(name) && value === undefined,
  );
  const good: Environment = Object.fromEntries(
    needed.map(([name]) => [name, GOOD[name] ?? `http://${name.toLowerCase().replaceAll('_', '-')}:3000`]),
  );
  const faults = (changes: Environment) => faultsOf(() => loadConfig(schema, { ...good, ...changes }));

  it('are complete with what has no default', () => {
    expect(faults({})).toEqual([]);
  });

  it.each(needed.map(([name]) => name))('say that %s is missing, and what it could be', (name) => {
    const [fault, ...others] = faults({ [name]: '' });
    expect(others).toEqual([]);
    expect(fault).toMatch(new RegExp(`^${name}: is required, for example ${name}(_FILE)?=\\S`));
  });

  const wrong = settings.flatMap(([name, setting]) =>
    wrongValues(setting).map((value) => [name, value, setting] as const),
  );
  it.each(wrong)('refuse %s=%s in one line with an example that would do', (name, value, setting) => {
    const [fault = '', ...others] = faults({ [name]: value });
    expect(others).toEqual([]);
    const [, example] = new RegExp(`^${name}: .+, for example ${name}=(\\S+)`).exec(fault) ?? [];
    const secretExample = fault.includes(`${name}_FILE=/`);
    expect(example !== undefined || secretExample, fault).toBe(true);
    if (example !== undefined) expect(faults({ [name]: example })).toEqual([]);
    // A short number may stand in the rule itself.
    if (value.length > 3) expect(fault).not.toContain(`=${value}`);
    if (setting.writeOnly) expect(fault).not.toContain(value);
    expect(fault).not.toContain('\n');
  });
});

const BY_HAND: readonly (readonly [service: string, name: string, value: string])[] = [
  ['gateway-api', 'TRUSTED_PROXIES', '10.0.0.0/99'],
  ['gateway-api', 'TRUSTED_PROXIES', '10.0.0.0/8,::::'],
  ['gateway-api', 'TRUSTED_PROXIES', 'fd00::/129'],
  ['gateway-api', 'CONTACT_URL', 'http://x/base'],
  ['gateway-api', 'CONTACT_URL', 'http://user:hunter2@x'],
  ['gateway-api', 'CONTACT_URL', 'http://x:99999'],
  ['gateway-api', 'CONTACT_URL', 'ftp://x'],
  ['gateway-api', 'CORS_ORIGINS', '*'],
  ['gateway-api', 'CORS_ORIGINS', 'https://app.example/path'],
  ['gateway-api', 'REDIS_RATELIMIT_URL', 'redis://'],
  ['auth-service', 'REDIS_URL', 'redis://:6379'],
  ['auth-service', 'REDIS_URL', 'redis://:hunter2@:6379'],
  ['auth-service', 'REDIS_URL', 'redis://redis:99999'],
  ['auth-service', 'REDIS_URL', 'redis://redis:6379/zero'],
  ['webhook-ingest', 'REDIS_INGEST_URL', 'redis://:6379'],
  ['contact-service', 'REDIS_URL', 'redis-cluster://one:6379,two:6379'],
  ['contact-service', 'REDIS_URL', 'redis-sentinel://one:26379'],
  ['contact-service', 'KAFKA_BROKERS', 'kafka:99999'],
  ['contact-service', 'KAFKA_BROKERS', 'kafka:9092,'],
  ['event-worker', 'SCHEMA_REGISTRY_URL', 'http://registry:8081?token=hunter2'],
  ['event-worker', 'AUTH_URL', 'http:///'],
];

describe('what was seen to get past the settings', () => {
  it.each(BY_HAND)('%s refuses %s=%s', (service, name, value) => {
    const schema = settingsOf[service];
    if (schema === undefined) throw new Error(`no service ${service}`);
    const faults = faultsOf(() => loadConfig(schema, { [name]: value }));
    const [fault, ...others] = faults.filter((line) => line.startsWith(`${name}: `));
    expect(others).toEqual([]);
    expect(fault).toMatch(/: must /);
    expect(fault).toContain(', for example ');
    expect(fault).not.toContain('hunter2');
  });
});
