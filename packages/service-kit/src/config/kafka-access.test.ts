import { Type } from 'typebox';
import { describe, expect, it } from 'vitest';
import { kafkaAccess, kafkaSettings } from './kafka-access.ts';
import { loadConfig } from './load-config.ts';

const given = { KAFKA_BROKERS: 'a:1,b:2', SCHEMA_REGISTRY_URL: 'http://registry:8081/' };
const access = (more: Record<string, string> = {}) =>
  kafkaAccess(loadConfig(Type.Object(kafkaSettings), { ...given, ...more }));

describe('kafkaAccess', () => {
  it('asks for nothing more than addresses', () => {
    expect(access()).toEqual({
      cluster: { brokers: ['a:1', 'b:2'] },
      registry: { url: 'http://registry:8081' },
    });
  });

  it('takes TLS, SASL and the registry’s login', () => {
    const login = {
      KAFKA_TLS: 'true',
      KAFKA_SASL_MECHANISM: 'plain',
      KAFKA_SASL_USERNAME: 'u',
      KAFKA_SASL_PASSWORD: 'p',
    };
    const registry = { SCHEMA_REGISTRY_USERNAME: 'r', SCHEMA_REGISTRY_PASSWORD: 's' };
    expect(access({ ...login, ...registry })).toMatchObject({
      cluster: { tls: true, sasl: { mechanism: 'plain', username: 'u', password: 'p' } },
      registry: { auth: { username: 'r', password: 's' } },
    });
  });

  it('names what is missing beside what is given, and no value', () => {
    expect(() => access({ KAFKA_SASL_MECHANISM: 'plain', KAFKA_SASL_PASSWORD: 'hunter2' })).toThrow(
      /KAFKA_SASL_USERNAME: is required/,
    );
    expect(() => access({ SCHEMA_REGISTRY_USERNAME: 'hunter2' })).toThrow(
      /SCHEMA_REGISTRY_PASSWORD: is required/,
    );
    expect(() => access({ KAFKA_SASL_MECHANISM: 'gssapi' })).toThrow(/KAFKA_SASL_MECHANISM/);
  });
});
