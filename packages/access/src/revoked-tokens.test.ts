import { createLogger, createMetrics, createServer } from '@contact-sync/service-kit';
import { eventually } from '@contact-sync/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { accessPlugin } from './access-plugin.ts';
import { connectAccess } from './connect-access.ts';
import type { RevocationStanding } from './revocations/revocation-feed.ts';
import { createTestIssuer, startTestAuth } from './testing.ts';

const issuer = createTestIssuer({ keyId: 'key-1' });
const logger = createLogger({ service: 'test', level: 'silent' });
const until = Math.floor(Date.now() / 1_000) + 600;

const closers: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const createApp = async (access: ReturnType<typeof issuer.access>, metrics = createMetrics('test')) => {
  const app = await createServer({ logger, metrics });
  await app.register(accessPlugin, {
    ...access,
    issuer: 'contact-sync',
    internalAudience: 'contact-service',
  });
  app.get('/contacts', { config: { permission: 'contacts:read' } }, async () => ({}));
  app.post('/contacts', { config: { permission: 'contacts:write' } }, async () => ({}));
  app.get('/users', { config: { permission: 'users:admin' } }, async () => ({}));
  app.post('/preview', { config: { permission: 'mappings:read' } }, async () => ({}));
  app.get('/passed-on', { config: { permission: 'authenticated', routeKind: 'change' } }, async () => ({}));
  app.post('/internal/apply', { config: { permission: 'contacts:apply' } }, async () => ({}));
  app.get('/open', { config: { public: true } }, async () => ({}));
  return app;
};

type App = Awaited<ReturnType<typeof createApp>>;

const ask = (app: App, method: 'GET' | 'HEAD' | 'POST', url: string, token: string) =>
  app.inject({ method, url, headers: { authorization: `Bearer ${token}` } });

const readAs = async (app: App, token: string) => (await ask(app, 'GET', '/contacts', token)).statusCode;

/** Copies of a service that follow one auth-service. */
const startCopies = async (count: number) => {
  const auth = await startTestAuth(issuer);
  closers.push(auth.close);
  const start = async () => {
    const metrics = createMetrics('test');
    const settings = {
      AUTH_URL: auth.authUrl,
      SERVICE_CLIENT_ID: 'contact-service',
      SERVICE_CLIENT_SECRET: 'a secret of sixteen characters',
    };
    const access = connectAccess(settings, { logger, metrics });
    closers.push(access.close);
    await eventually(access.ready);
    return { app: await createApp(access, metrics), metrics };
  };
  return { auth, copies: await Promise.all(Array.from({ length: count }, start)) };
};

describe('what auth-service revokes', () => {
  const tokens = () => ({
    ended: issuer.userToken('admin', { sub: 'ada', sid: 'session-1', epoch: 3 }),
    other: issuer.userToken('admin', { sub: 'ada', sid: 'session-2', epoch: 3 }),
    renewed: issuer.userToken('admin', { sub: 'ada', sid: 'session-2', epoch: 4 }),
    bob: issuer.userToken('admin', { sub: 'bob', sid: 'session-3', epoch: 0 }),
  });

  it.each([
    ['a session', { kind: 'session', sid: 'session-1', until }, [401, 200, 200, 200]],
    ['an epoch', { kind: 'subject', sub: 'ada', epoch: 4, until }, [401, 401, 200, 200]],
    ['a key', { kind: 'key', kid: 'key-1', until }, [401, 401, 401, 401]],
  ] as const)(
    'is refused by each of three copies within 5 s, though verified before: %s',
    async (_, revocation, expected) => {
      const { auth, copies } = await startCopies(3);
      const { ended, other, renewed, bob } = tokens();
      const statuses = (app: App) =>
        Promise.all([ended, other, renewed, bob].map((token) => readAs(app, token)));
      for (const { app } of copies) expect(await statuses(app)).toEqual([200, 200, 200, 200]);
      auth.revoke(revocation);
      await eventually(
        async () => {
          for (const { app } of copies) expect(await statuses(app)).toEqual(expected);
        },
        { timeoutMs: 5_000, intervalMs: 5 },
      );
    },
  );

  it('is refused in the way of any token that is no good', async () => {
    const { auth, copies } = await startCopies(1);
    const { ended } = tokens();
    const { app } = copies[0] ?? {};
    if (!app) throw new Error('no copy was started');
    auth.revoke({ kind: 'session', sid: 'session-1', until });
    await eventually(async () => (await readAs(app, ended)) === 401);
    const answer = await ask(app, 'POST', '/contacts', ended);
    expect([answer.statusCode, answer.json().code, answer.headers['www-authenticate']]).toEqual([
      401,
      'UNAUTHENTICATED',
      'Bearer realm="contact-sync", error="invalid_token"',
    ]);
  });

  it('is known to a copy that starts later, and still after the log was lost and told anew', async () => {
    const { auth } = await startCopies(0);
    auth.revoke({ kind: 'session', sid: 'session-1', until });
    const access = connectAccess(
      { AUTH_URL: auth.authUrl, SERVICE_CLIENT_ID: 'late', SERVICE_CLIENT_SECRET: 'sixteen characters' },
      { logger, metrics: createMetrics('test') },
    );
    closers.push(access.close);
    await eventually(access.ready);
    const app = await createApp(access);
    expect(await readAs(app, tokens().ended)).toBe(401);
    auth.loseLog();
    auth.revoke({ kind: 'session', sid: 'session-3', until });
    await eventually(async () => (await readAs(app, tokens().bob)) === 401);
  });

  it('is not known while auth-service is silent: within 5 s no write passes, and reads go on', async () => {
    const { auth, copies } = await startCopies(1);
    const { app, metrics } = copies[0] ?? {};
    if (!app || !metrics) throw new Error('no copy was started');
    const { bob } = tokens();
    expect((await ask(app, 'POST', '/contacts', bob)).statusCode).toBe(200);
    auth.setSilent(true);
    await eventually(async () => (await ask(app, 'POST', '/contacts', bob)).statusCode === 503, {
      timeoutMs: 5_000,
    });
    expect(await readAs(app, bob)).toBe(200);
    const [, age] = /revocations_age_seconds\{.*\} (.*)/.exec(await metrics.registry.metrics()) ?? [];
    expect(Number(age)).toBeGreaterThanOrEqual(3);
    auth.setSilent(false);
    await eventually(async () => (await ask(app, 'POST', '/contacts', bob)).statusCode === 200);
  });

  it('is counted in metrics', async () => {
    const { auth, copies } = await startCopies(1);
    auth.revoke({ kind: 'session', sid: 'a', until }, { kind: 'key', kid: 'b', until });
    const text = await eventually(async () => {
      const metrics = (await copies[0]?.metrics.registry.metrics()) ?? '';
      return metrics.includes('revocations_entries{service="test"} 2') && metrics;
    });
    expect(text).toContain('revocations_snapshots_total{service="test"} 1');
  });
});

describe('what is not known of revocations', () => {
  const admin = issuer.userToken('admin');
  const worker = issuer.machineToken(['contacts:apply'], { aud: 'contact-service' });
  const appIn = (standing: RevocationStanding) =>
    createApp({ ...issuer.access(), revocations: { standing: () => standing, revokes: () => false } });

  it.each([
    ['live', 200, 200],
    ['stale', 200, 503],
    ['unknown', 503, 503],
    ['lost', 503, 503],
  ] as const)(
    'lets through while it is %s: reads %i, writes and routes of admins %i',
    async (standing, reads, rest) => {
      const app = await appIn(standing);
      const statusOf = async (method: 'GET' | 'HEAD' | 'POST', url: string, token = admin) =>
        (await ask(app, method, url, token)).statusCode;
      expect([
        await statusOf('GET', '/contacts'),
        await statusOf('HEAD', '/contacts'),
        await statusOf('POST', '/preview'),
      ]).toEqual([reads, reads, reads]);
      expect([
        await statusOf('POST', '/contacts'),
        await statusOf('GET', '/users'),
        await statusOf('GET', '/passed-on'),
        await statusOf('POST', '/internal/apply', worker),
      ]).toEqual([rest, rest, rest, rest]);
      expect(await statusOf('GET', '/open')).toBe(200);
    },
  );

  it('is answered with Retry-After and nothing of the inside, and does not hide 401 and 403', async () => {
    const app = await appIn('lost');
    const answer = await ask(app, 'GET', '/contacts', admin);
    expect([answer.statusCode, answer.json().code, answer.headers['retry-after']]).toEqual([
      503,
      'DEPENDENCY_UNAVAILABLE',
      '1',
    ]);
    expect(answer.body).not.toContain('auth-service');
    expect((await ask(app, 'GET', '/contacts', 'a.b.c')).statusCode).toBe(401);
    expect((await ask(app, 'POST', '/contacts', issuer.userToken('viewer'))).statusCode).toBe(403);
  });
});
