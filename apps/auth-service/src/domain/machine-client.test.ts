import { describe, expect, it } from 'vitest';
import { grantTo, hashSecret, type MachineClient, secretMatches } from './machine-client.ts';

const client: MachineClient = {
  id: 'worker',
  secretHash: hashSecret('right'),
  audiences: ['contact-service', 'integration-api'],
  scopes: ['contacts:apply', 'contacts:read', 'ingest:read'],
  epoch: 0,
};

describe('grantTo', () => {
  it('gives internal scopes at a service and permissions in public, never both', () => {
    expect(grantTo(client, {})?.scopes).toEqual(['contacts:apply', 'ingest:read']);
    expect(grantTo(client, { audience: 'integration-api' })?.scopes).toEqual(['contacts:read']);
  });

  it.each([
    ['contacts:apply', ['contacts:apply']],
    ['ingest:read contacts:apply', ['contacts:apply', 'ingest:read']],
    ['contacts:apply contacts:apply', ['contacts:apply']],
    ['contacts:apply users:admin', undefined],
    ['contacts:read', undefined],
    ['__proto__', undefined],
  ])('gives for the scope %j %j', (scope, scopes) => {
    expect(grantTo(client, { scope })?.scopes).toEqual(scopes);
  });

  it('gives no audience that the client has not', () => {
    expect(grantTo(client, { audience: 'auth-service' })).toBeUndefined();
  });
});

describe('secretMatches', () => {
  it('is true for the secret of a known client only', () => {
    expect(secretMatches(client, 'right', 0)).toBe(true);
    expect(secretMatches(client, 'wrong', 0)).toBe(false);
    expect(secretMatches(undefined, 'right', 0)).toBe(false);
    expect(secretMatches({ ...client, secretHash: '' }, '', 0)).toBe(false);
  });

  it('is true for the secret before until its time is over', () => {
    const rotated = { ...client, oldSecret: { hash: hashSecret('old'), until: 100 } };
    expect(secretMatches(rotated, 'right', 50)).toBe(true);
    expect(secretMatches(rotated, 'old', 99)).toBe(true);
    expect(secretMatches(rotated, 'old', 100)).toBe(false);
  });
});
