import { readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it, test } from 'vitest';
import { parse } from 'yaml';
import { settingsOf } from '../docs/settings-document.ts';
import { chartSchemas } from './chart-schema.ts';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const schemas = chartSchemas();
const { defaults } = parse(read('./service/values.yaml')).exports;

type Values = Record<string, Record<string, unknown>>;

/** As helm merges what the library says with what the chart says, one level down. */
const valuesOf = (service: string): Values => {
  const own = parse(read(`./${service}/values.yaml`)) as Values;
  const names = new Set([...Object.keys(defaults), ...Object.keys(own)]);
  const isMap = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);
  return Object.fromEntries(
    [...names].map((name) => [
      name,
      isMap(own[name]) ? { ...defaults[name], ...own[name] } : (own[name] ?? defaults[name]),
    ]),
  );
};

const judge = (service: string) =>
  new Ajv({ strict: false, allErrors: true }).compile(JSON.parse(schemas[service] ?? ''));

test('every service has a chart', () => {
  const others = ['service', 'contact-sync', 'values', 'rendered'];
  const charts = readdirSync(new URL('.', import.meta.url), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !others.includes(entry.name))
    .map(({ name }) => name);
  expect(charts.toSorted()).toEqual(Object.keys(settingsOf).toSorted());
});

describe.each(Object.entries(settingsOf))('the chart of %s', (service, settings) => {
  const values = valuesOf(service);

  it('has the schema that npm run generate:charts writes', () => {
    expect(read(`./${service}/values.schema.json`)).toBe(schemas[service]);
  });

  it('can be installed with its own values', () => {
    const isValid = judge(service);
    isValid(values);
    expect(isValid.errors).toBeNull();
  });

  it('takes every setting of the service, secrets from a Secret alone, and no other name', () => {
    const decided = ['HOST', 'PORT', 'OPS_PORT', 'DRAIN_DELAY_MS'];
    const { properties } = JSON.parse(schemas[service] ?? '');
    const named = Object.keys(settings.properties).filter((name) => !decided.includes(name));
    expect(Object.keys(properties.secrets.properties)).toEqual(named);
    const isSecret = (name: string) =>
      (settings.properties[name] as { writeOnly?: boolean }).writeOnly === true;
    expect(Object.keys(properties.settings.properties)).toEqual(named.filter((name) => !isSecret(name)));
    expect(judge(service)({ ...values, settings: { ...values['settings'], NO_SUCH_SETTING: 1 } })).toBe(
      false,
    );
  });

  it.each([
    ['a level of the log that is none', { LOG_LEVEL: 'loud' }],
    ['a time that is too short', { HEADERS_TIMEOUT_MS: 1 }],
    ['a number in words', { HEADERS_TIMEOUT_MS: 'ten' }],
    ['a password among open settings', { REDIS_URL: 'redis://redis:6379' }],
  ])('refuses %s', (_, wrong) => {
    expect(judge(service)({ ...values, settings: { ...values['settings'], ...wrong } })).toBe(false);
  });

  it('refuses to be installed without a setting that is needed', () => {
    const isValid = judge(service);
    const required: readonly string[] = settings.required ?? [];
    const hasDefault = (name: string) => 'default' in (settings.properties[name] as object);
    const needed = required.filter((name) => !hasDefault(name));
    for (const name of needed) {
      const { [name]: _left, ...open } = values['settings'] ?? {};
      const { [name]: _gone, ...secrets } = values['secrets'] ?? {};
      expect(isValid({ ...values, settings: open, secrets }), name).toBe(false);
    }
  });
});
