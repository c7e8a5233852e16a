import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { hashSecret } from '../../src/domain/machine-client.ts';
import { declareClients } from '../../src/use-cases/declare-clients.ts';
import { clientSecret, createTestApp } from '../fakes/test-app.ts';

type TestApp = Awaited<ReturnType<typeof createTestApp>>['app'];

const basic = (id: string, secret: string) =>
  `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`;

const good = basic('event-worker', clientSecret);

const ask = (app: TestApp, form: Record<string, string> | string, authorization?: string) =>
  app.inject({
    method: 'POST',
    url: '/oauth2/token',
    payload: new URLSearchParams(form).toString(),
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...(authorization === undefined ? {} : { authorization }),
    },
  });

const grant = { grant_type: 'client_credentials' };

describe('POST /oauth2/token', () => {
  it('gives a client a token for its first audience with its scopes there', async () => {
    const { app, ports } = await createTestApp();
    const answer = await ask(app, grant, good);
    expect([answer.statusCode, answer.headers['cache-control']]).toEqual([200, 'no-store']);
    const { access_token: token, ...rest } = answer.json();
    expect(rest).toEqual({ token_type: 'Bearer', expires_in: 600, scope: 'contacts:apply' });
    const claims = decodeJwt(token);
    expect(claims).toMatchObject({
      iss: 'contact-sync',
      aud: 'contact-service',
      sub: 'event-worker',
      client_id: 'event-worker',
      epoch: 0,
      roles: [],
      scope: 'contacts:apply',
    });
    expect(ports.records.recorded).toEqual([claims]);
  });

  it.each([
    ['as RFC 6749 asks', encodeURIComponent],
    ['as forms are', (part: string) => new URLSearchParams({ '': part }).toString().slice(1)],
    ['not at all', (part: string) => part],
  ])('takes Basic credentials that are encoded %s', async (_, encode) => {
    const { app, ports } = await createTestApp();
    for (const secret of ['a+b/c%d%2Fe 01234567890123456789', 'plain-01234567890123456789012345']) {
      const client = { id: 'caller', secretHash: hashSecret(secret), audiences: ['integration-api'] };
      await declareClients(ports.clients, [{ ...client, scopes: [] }]);
      const credentials = Buffer.from(`${encode('caller')}:${encode(secret)}`).toString('base64');
      expect((await ask(app, grant, `Basic ${credentials}`)).statusCode).toBe(200);
    }
  });

  it('takes the credentials from the form too', async () => {
    const { app } = await createTestApp();
    const form = { ...grant, client_id: 'event-worker', client_secret: clientSecret };
    expect((await ask(app, form)).statusCode).toBe(200);
  });

  it('gives another of its audiences, and a subset of the scopes there, when asked', async () => {
    const { app } = await createTestApp();
    const all = await ask(app, { ...grant, audience: 'integration-api' }, good);
    expect(all.json().scope).toBe('contacts:read events:read');
    const some = await ask(app, { ...grant, audience: 'integration-api', scope: 'events:read' }, good);
    expect(some.json().scope).toBe('events:read');
    expect(decodeJwt(some.json().access_token)).toMatchObject({
      aud: 'integration-api',
      scope: 'events:read',
    });
  });

  it('gives a token that the service itself accepts', async () => {
    const { app } = await createTestApp();
    const { access_token: token } = (await ask(app, { ...grant, audience: 'integration-api' }, good)).json();
    const headers = { authorization: `Bearer ${token}` };
    expect((await app.inject({ url: '/api/v1/auth/me', headers })).json()).toEqual({
      kind: 'machine',
      id: 'event-worker',
      roles: [],
      permissions: ['contacts:read', 'events:read'],
    });
  });

  it('ignores parameters that it does not know and those without a value', async () => {
    const { app } = await createTestApp();
    expect((await ask(app, { ...grant, resource: 'x', scope: '', audience: '' }, good)).statusCode).toBe(200);
  });

  it.each([
    ['no credentials', grant, undefined],
    ['an unknown client', grant, basic('nobody', clientSecret)],
    ['a wrong secret', grant, basic('event-worker', 'wrong')],
    ['an empty secret', grant, basic('event-worker', '')],
    ['a half of the credentials', { ...grant, client_id: 'event-worker' }, undefined],
    ['another client in the form', { ...grant, client_id: 'other' }, good],
    ['no Basic credentials', grant, 'Bearer abc'],
    ['broken percent-encoding', grant, `Basic ${Buffer.from('%E0%A4%A:x').toString('base64')}`],
  ])('answers %s with invalid_client and asks for Basic credentials', async (_, form, authorization) => {
    const { app } = await createTestApp();
    const answer = await ask(app, form, authorization);
    expect([answer.statusCode, answer.json().code, answer.json().error]).toEqual([
      401,
      'INVALID_CLIENT',
      'invalid_client',
    ]);
    expect(answer.headers['www-authenticate']).toBe('Basic realm="contact-sync"');
    expect(answer.headers['content-type']).toContain('application/problem+json');
  });

  it.each([
    ['a scope that it has not', { ...grant, scope: 'contacts:write' }, 'INVALID_SCOPE', 'invalid_scope'],
    ['a scope of another audience', { ...grant, scope: 'contacts:read' }, 'INVALID_SCOPE', 'invalid_scope'],
    ['another audience', { ...grant, audience: 'auth-service' }, 'INVALID_SCOPE', 'invalid_scope'],
    ['another grant', { grant_type: 'password' }, 'UNSUPPORTED_GRANT_TYPE', 'unsupported_grant_type'],
    ['no grant', {}, 'INVALID_BODY', 'invalid_request'],
    [
      'a parameter twice',
      'grant_type=client_credentials&scope=a&scope=b',
      'MALFORMED_BODY',
      'invalid_request',
    ],
    ['credentials twice', { ...grant, client_secret: clientSecret }, 'INVALID_BODY', 'invalid_request'],
  ])('answers %s with 400 and its own word', async (_, form, code, error) => {
    const { app } = await createTestApp();
    const answer = await ask(app, form, good);
    expect([answer.statusCode, answer.json().code, answer.json().error]).toEqual([400, code, error]);
  });

  it.each(['application/json', 'text/plain', 'multipart/form-data'])('takes no %s', async (type) => {
    const { app } = await createTestApp();
    const answer = await app.inject({
      method: 'POST',
      url: '/oauth2/token',
      payload: '{}',
      headers: { 'content-type': type, authorization: good },
    });
    expect([answer.statusCode, answer.json().error]).toEqual([415, 'invalid_request']);
  });
});

describe('GET /.well-known/jwks.json', () => {
  it('publishes the public halves only, for a minute', async () => {
    const { app, ports } = await createTestApp();
    const answer = await app.inject('/.well-known/jwks.json');
    expect(answer.headers['cache-control']).toBe('public, max-age=60');
    expect(answer.json()).toEqual({ keys: ports.publishedKeys });
    expect(Object.keys(answer.json().keys[0]).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
  });
});
