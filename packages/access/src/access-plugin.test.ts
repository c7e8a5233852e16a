import { randomUUID } from 'node:crypto';
import { createLogger, createMetrics, createServer } from '@contact-sync/service-kit';
import { describe, expect, it, vi } from 'vitest';
import { accessPlugin } from './access-plugin.ts';
import { hostileTokens } from './hostile-tokens.ts';
import type { JwksSource } from './jwks.ts';
import { createKeyRing } from './key-ring.ts';
import { createTestIssuer } from './testing.ts';

const issuer = createTestIssuer();

const emptyServer = () =>
  createServer({
    logger: createLogger({ service: 'test', level: 'silent' }),
    metrics: createMetrics('test'),
  });

const createApp = async (source: JwksSource = issuer.source, { revocations } = issuer.access()) => {
  const app = await emptyServer();
  const keys = createKeyRing(source);
  const tokens = { issuer: 'contact-sync', internalAudience: 'contact-service' };
  await app.register(accessPlugin, { keys, revocations, ...tokens });
  app.get('/open', { config: { public: true } }, async (request) => ({ principal: request.principal }));
  app.get('/who', { config: { permission: 'authenticated' } }, async ({ principal }) => ({
    ...principal,
    permissions: [...(principal?.permissions ?? [])],
  }));
  app.get('/contacts', { config: { permission: 'contacts:read' } }, async () => ({ ok: true }));
  app.post('/contacts', { config: { permission: 'contacts:write' } }, async () => ({ ok: true }));
  app.post('/internal/contacts/apply', { config: { permission: 'contacts:apply' } }, async () => ({
    ok: true,
  }));
  return app;
};

type App = Awaited<ReturnType<typeof createApp>>;

const call = async (app: App, method: 'GET' | 'POST', url: string, token?: string) => {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const answer = await app.inject({ method, url, headers });
  return { status: answer.statusCode, code: answer.json().code, headers: answer.headers };
};

const good = () => issuer.userToken('viewer');

describe('accessPlugin', () => {
  it('tells the handler who asks', async () => {
    const app = await createApp();
    const token = issuer.userToken('editor', { sub: 'user-1', sid: 'session-1', jti: 'token-1', epoch: 3 });
    const answer = await app.inject({ url: '/who', headers: { authorization: `Bearer ${token}` } });
    expect(answer.json()).toEqual({
      kind: 'user',
      id: 'user-1',
      roles: ['editor'],
      permissions: ['contacts:read', 'events:read', 'mappings:read', 'contacts:write', 'simulator:run'],
      sessionId: 'session-1',
      tokenId: 'token-1',
      epoch: 3,
    });
  });

  it.each([
    ['no token', undefined, 401, 401, 401],
    ['a viewer', issuer.userToken('viewer'), 200, 403, 401],
    ['an editor', issuer.userToken('editor'), 200, 200, 401],
    ['an admin', issuer.userToken('admin'), 200, 200, 401],
    ['a machine that may read', issuer.machineToken(['contacts:read']), 200, 403, 401],
    [
      'a service with the scope',
      issuer.machineToken(['contacts:apply'], { aud: 'contact-service' }),
      401,
      401,
      200,
    ],
    ['a service without the scope', issuer.machineToken([], { aud: 'contact-service' }), 401, 401, 403],
    [
      'a service for another service',
      issuer.machineToken(['contacts:apply'], { aud: 'event-worker' }),
      401,
      401,
      401,
    ],
    [
      'an admin with an internal audience',
      issuer.userToken('admin', { aud: 'contact-service' }),
      401,
      401,
      403,
    ],
    [
      'a machine that asks in public for an internal scope',
      issuer.machineToken(['contacts:apply']),
      403,
      403,
      401,
    ],
  ])('answers %s by the one table', async (_, token, read, write, apply) => {
    const app = await createApp();
    expect([
      (await call(app, 'GET', '/contacts', token)).status,
      (await call(app, 'POST', '/contacts', token)).status,
      (await call(app, 'POST', '/internal/contacts/apply', token)).status,
    ]).toEqual([read, write, apply]);
  });

  it('says in WWW-Authenticate what is missing', async () => {
    const app = await createApp();
    const none = await call(app, 'GET', '/contacts');
    expect([none.code, none.headers['www-authenticate']]).toEqual([
      'UNAUTHENTICATED',
      'Bearer realm="contact-sync"',
    ]);
    const bad = await call(app, 'GET', '/contacts', 'a.b.c');
    expect(bad.headers['www-authenticate']).toBe('Bearer realm="contact-sync", error="invalid_token"');
    const weak = await call(app, 'POST', '/contacts', good());
    expect([weak.code, weak.headers['www-authenticate']]).toEqual([
      'FORBIDDEN',
      'Bearer realm="contact-sync", error="insufficient_scope", scope="contacts:write"',
    ]);
  });

  it('leaves public routes alone, whatever token comes with the request', async () => {
    const app = await createApp();
    const answer = await app.inject({ url: '/open', headers: { authorization: 'Bearer nonsense' } });
    expect([answer.statusCode, answer.json()]).toEqual([200, { principal: null }]);
  });

  it('reads a token from the Authorization header only', async () => {
    const app = await createApp();
    const token = good();
    const answer = await app.inject({
      url: `/contacts?access_token=${token}`,
      headers: { cookie: `token=${token}`, 'x-access-token': token },
    });
    expect(answer.statusCode).toBe(401);
  });
});

describe('a token that is not ours', () => {
  it.each(hostileTokens(issuer))('is answered 401 and never 5xx: %s', async (_, token) => {
    const app = await createApp();
    const answer = await call(app, 'GET', '/contacts', token);
    expect([answer.status, answer.code]).toEqual([401, 'UNAUTHENTICATED']);
  });

  it.each(['Basic abc', 'Bearer', 'bearer', 'Token a.b.c', ' '])(
    'nor is the header %j',
    async (authorization) => {
      const app = await createApp();
      expect((await app.inject({ url: '/contacts', headers: { authorization } })).statusCode).toBe(401);
    },
  );

  it('is refused again once it has expired, though it was verified before', async () => {
    const app = await createApp();
    const token = good();
    expect((await call(app, 'GET', '/contacts', token)).status).toBe(200);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 601_000 });
    try {
      expect((await call(app, 'GET', '/contacts', token)).status).toBe(401);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('keys that cannot be had', () => {
  const away = (): JwksSource => ({
    load: async () => {
      throw new Error('connect ECONNREFUSED 10.0.0.1:3001');
    },
    close: async () => undefined,
  });

  it('make protected routes 503 with Retry-After and nothing of the inside, never 401 or 500', async () => {
    const app = await createApp(away());
    const headers = { authorization: `Bearer ${good()}` };
    const answer = await app.inject({ url: '/contacts', headers });
    expect([answer.statusCode, answer.json().code]).toEqual([503, 'DEPENDENCY_UNAVAILABLE']);
    expect(answer.headers['retry-after']).toBe('1');
    expect(answer.body).not.toContain('ECONNREFUSED');
  });

  it('do not keep public routes from answering', async () => {
    const app = await createApp(away());
    expect((await app.inject('/open')).statusCode).toBe(200);
  });
});

describe('a mistake in wiring', () => {
  const options = () => ({ ...issuer.access(), issuer: 'contact-sync' });

  it('does not boot: an internal path without an internal scope', async () => {
    const app = await createApp();
    expect(() => app.get('/internal/x', { config: { permission: 'contacts:read' } }, async () => 1)).toThrow(
      /internal/,
    );
    expect(() => app.get('/internal', { config: { public: true } }, async () => 1)).toThrow(/internal/);
    expect(() => app.get('/x', { config: { permission: 'ingest:read' } }, async () => 1)).toThrow(/internal/);
  });

  it('does not boot: an internal route without an internal audience', async () => {
    const app = await emptyServer();
    await app.register(accessPlugin, options());
    expect(() => app.get('/internal/x', { config: { permission: 'ingest:read' } }, async () => 1)).toThrow(
      /audience/,
    );
  });

  it('does not boot: a permission that does not exist', async () => {
    const app = await createApp();
    const config: object = { permission: `contacts:${randomUUID()}` };
    expect(() => app.get('/x', { config }, async () => 1)).toThrow(/no permission/);
  });

  it('does not boot: a route that was there before the plugin', async () => {
    const app = await emptyServer();
    app.get('/early', { config: { public: true } }, async () => 1);
    await expect(app.register(accessPlugin, options())).rejects.toThrow(/before any route/);
  });
});
