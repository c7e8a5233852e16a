import { generateKeyPairSync } from 'node:crypto';
import { ConfigError } from '@contact-sync/service-kit';
import { describe, expect, it } from 'vitest';
import { readSettings } from './config.ts';

const jwk = () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { ...privateKey.export({ format: 'jwk' }), kid: 'a', alg: 'ES256', use: 'sig' };
};

const client = {
  id: 'event-worker',
  secret: 'a secret of thirty-two characters or more',
  audiences: ['contact-service'],
  scopes: ['contacts:apply'],
};

const environment = (changes: Record<string, string> = {}) => ({
  REDIS_URL: 'redis://127.0.0.1:6379',
  SIGNING_KEYS: JSON.stringify({ keys: [jwk()] }),
  BOOTSTRAP_CLIENTS: JSON.stringify([client]),
  ...changes,
});

const faultsOf = (changes: Record<string, string>): readonly string[] => {
  try {
    readSettings(environment(changes));
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
};

describe('readSettings', () => {
  it('reads what the secrets hold', () => {
    const settings = readSettings(
      environment({ BOOTSTRAP_ADMIN_EMAIL: 'a@example.com', BOOTSTRAP_ADMIN_PASSWORD: 'twelve letters' }),
    );
    expect(settings).toMatchObject({ PORT: 3001, OPS_PORT: 3101, ACCESS_TOKEN_TTL_SECONDS: 600 });
    expect(settings.signingKeys[0].publicJwk.kid).toBe('a');
    expect(settings.clients).toEqual([client]);
    expect(settings.admin).toEqual({ email: 'a@example.com', password: 'twelve letters' });
  });

  it('names every missing setting', () => {
    expect(
      faultsOf({ REDIS_URL: '', SIGNING_KEYS: '', BOOTSTRAP_CLIENTS: '' }).map(
        (fault) => fault.split(':')[0],
      ),
    ).toEqual(['REDIS_URL', 'SIGNING_KEYS', 'BOOTSTRAP_CLIENTS']);
  });

  it('tells the faults of all secrets at once, with their places and no value', () => {
    const weak = { ...client, secret: 'too-short', scopes: ['contacts:apply', 'everything'] };
    const faults = faultsOf({
      SIGNING_KEYS: '{"keys":[]}',
      BOOTSTRAP_CLIENTS: JSON.stringify([client, weak]),
      BOOTSTRAP_ADMIN_EMAIL: 'a@example.com',
    });
    expect(faults).toEqual([
      expect.stringMatching(/^SIGNING_KEYS\/keys: /),
      expect.stringMatching(/^BOOTSTRAP_CLIENTS\/1\/secret: /),
      expect.stringMatching(/^BOOTSTRAP_CLIENTS\/1\/scopes\/1: /),
      expect.stringMatching(
        /^BOOTSTRAP_ADMIN_PASSWORD: is required beside BOOTSTRAP_ADMIN_EMAIL, for example /,
      ),
    ]);
    expect(faults.join()).not.toMatch(/too-short|everything/);
  });

  it('refuses two clients of one name', () => {
    expect(faultsOf({ BOOTSTRAP_CLIENTS: JSON.stringify([client, client]) })).toEqual([
      expect.stringMatching(/^BOOTSTRAP_CLIENTS\/1\/id: stands twice, for example /),
    ]);
  });

  it('refuses a short admin password', () => {
    const admin = { BOOTSTRAP_ADMIN_EMAIL: 'a@example.com', BOOTSTRAP_ADMIN_PASSWORD: 'elevenchars' };
    expect(faultsOf(admin)).toEqual([expect.stringMatching(/^BOOTSTRAP_ADMIN_PASSWORD: /)]);
  });
});
