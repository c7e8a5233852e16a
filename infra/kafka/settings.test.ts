import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSettings } from './settings.ts';

const needed = { KAFKA_BROKERS: 'a:1, b:2', SCHEMA_REGISTRY_URL: 'http://r/apis/ccompat/v7/' };

test('brokers are a list, and the address of the registry has no slash at its end', () => {
  expect(readSettings(needed)).toEqual({
    cluster: { brokers: ['a:1', 'b:2'] },
    registry: { url: 'http://r/apis/ccompat/v7' },
    grants: false,
    waitMs: 0,
  });
});

test('copies, TLS and both kinds of credentials are settings', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'settings-')), 'password');
  writeFileSync(file, 'from a file\n');
  const environment = {
    ...needed,
    KAFKA_REPLICATION_FACTOR: '3',
    KAFKA_ACLS: 'true',
    DEPLOY_WAIT_SECONDS: '60',
    KAFKA_TLS: 'true',
    KAFKA_SASL_MECHANISM: 'scram-sha-512',
    KAFKA_SASL_USERNAME: 'deploy',
    KAFKA_SASL_PASSWORD_FILE: file,
    SCHEMA_REGISTRY_USERNAME: 'u',
    SCHEMA_REGISTRY_PASSWORD: 'p',
  };
  expect(readSettings(environment)).toMatchObject({
    replicationFactor: 3,
    grants: true,
    waitMs: 60_000,
    cluster: {
      tls: true,
      sasl: { mechanism: 'scram-sha-512', username: 'deploy', password: 'from a file' },
    },
    registry: { auth: { username: 'u', password: 'p' } },
  });
});

test.each([
  ['KAFKA_BROKERS', { KAFKA_BROKERS: ' , ' }],
  ['SCHEMA_REGISTRY_URL', { SCHEMA_REGISTRY_URL: '' }],
  ['KAFKA_REPLICATION_FACTOR', { KAFKA_REPLICATION_FACTOR: '0' }],
  ['KAFKA_SASL_MECHANISM', { KAFKA_SASL_MECHANISM: 'gssapi' }],
  ['KAFKA_SASL_USERNAME', { KAFKA_SASL_MECHANISM: 'plain' }],
])('a missing or wrong %s is named', (name, change) => {
  expect(() => readSettings({ ...needed, ...change })).toThrow(name);
});
