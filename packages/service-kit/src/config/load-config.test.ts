import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates } from 'node:tls';
import { Type } from 'typebox';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { kafkaSettings } from './kafka-access.ts';
import { ConfigError, loadConfig } from './load-config.ts';
import { redisSettings, serverSettings } from './settings.ts';

const Schema = Type.Object({
  ...serverSettings({ port: 3000, opsPort: 3100 }),
  ...redisSettings,
  ...kafkaSettings,
  CLIENT_SECRET: Type.String({ minLength: 16, description: 'Secret of the client' }),
});

const complete = {
  REDIS_URL: 'redis://localhost:6379',
  KAFKA_BROKERS: 'a:1,b:2',
  SCHEMA_REGISTRY_URL: 'http://localhost:8081',
  CLIENT_SECRET: 'sixteen-or-more-characters',
};

const faultsOf = (environment: Record<string, string>): readonly string[] => {
  try {
    loadConfig(Schema, environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
};

describe('loadConfig', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'config-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('coerces, splits lists and fills in defaults', () => {
    const config = loadConfig(Schema, { ...complete, PORT: '8080' });
    expect(config).toMatchObject({
      PORT: 8080,
      OPS_PORT: 3100,
      HOST: '0.0.0.0',
      KAFKA_BROKERS: ['a:1', 'b:2'],
    });
  });

  it('refuses roots to trust that are not there or are none, where Node would only warn', () => {
    const file = join(folder, 'ca.crt');
    const faults = () => faultsOf({ ...complete, NODE_EXTRA_CA_CERTS: file });
    expect(faults()).toEqual([expect.stringMatching(/^NODE_EXTRA_CA_CERTS: cannot be read \(ENOENT\)/)]);
    writeFileSync(file, 'hunter2');
    expect(faults()).toEqual([expect.stringMatching(/^NODE_EXTRA_CA_CERTS: holds no certificate/)]);
    const [root = ''] = getCACertificates('bundled');
    const broken = '-----BEGIN CERTIFICATE-----\naHVudGVyMg==\n-----END CERTIFICATE-----';
    writeFileSync(file, `${root}\n${broken}\n`);
    expect(faults()).toEqual([expect.stringMatching(/^NODE_EXTRA_CA_CERTS: certificate 2 in it cannot be/)]);
    expect(faults().join()).not.toMatch(/hunter2|aHVudGVyMg/);
    writeFileSync(file, `# ours\n${root}\n`);
    expect(faults()).toEqual([]);
  });

  it('names every missing and wrong setting at once, and no value', () => {
    const faults = faultsOf({ PORT: 'eighty', REDIS_URL: 'http://secret.example', CLIENT_SECRET: 'hunter2' });
    expect(faults.map((fault) => fault.split(':')[0]).sort()).toEqual([
      'CLIENT_SECRET',
      'KAFKA_BROKERS',
      'PORT',
      'REDIS_URL',
      'SCHEMA_REGISTRY_URL',
    ]);
    expect(faults.join()).not.toMatch(/hunter2|secret\.example/);
  });

  it('takes an empty value for an absent one', () => {
    expect(faultsOf({ ...complete, REDIS_URL: '' })).toHaveLength(1);
    expect(loadConfig(Schema, { ...complete, PORT: '' }).PORT).toBe(3000);
  });

  it('reads NAME_FILE where NAME is absent, without the trailing newline', () => {
    const path = join(folder, 'secret');
    writeFileSync(path, 'a-secret-from-a-file\n');
    const { CLIENT_SECRET, ...rest } = complete;
    expect(loadConfig(Schema, { ...rest, CLIENT_SECRET_FILE: path }).CLIENT_SECRET).toBe(
      'a-secret-from-a-file',
    );
  });

  it('names NAME_FILE once when its file cannot be read', () => {
    const { CLIENT_SECRET, ...rest } = complete;
    expect(faultsOf({ ...rest, CLIENT_SECRET_FILE: join(folder, 'none') })).toEqual([
      'CLIENT_SECRET_FILE: cannot be read (ENOENT), for example CLIENT_SECRET_FILE=/run/secrets/CLIENT_SECRET',
    ]);
  });
});
