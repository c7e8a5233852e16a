import { AppError } from '@contact-sync/domain';
import { createBulkhead } from '@contact-sync/service-kit';
import { eventually } from '@contact-sync/testing';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { describe, expect, it } from 'vitest';
import { createPlainPasswords } from '../fakes/plain-passwords.ts';
import { adaId, bulkheadTexts, createTestApp } from '../fakes/test-app.ts';

type TestApp = Awaited<ReturnType<typeof createTestApp>>['app'];

const logIn = (app: TestApp, payload: object) =>
  app.inject({ method: 'POST', url: '/api/v1/auth/login', payload });

const ada = { email: 'ada@example.com', password: 'correct horse' };
const wrong = { email: 'ada@example.com', password: 'wrong' };

describe('POST /api/v1/auth/login', () => {
  it('begins a session with an access token of ten minutes for e-mail and password', async () => {
    const { app, ports } = await createTestApp();
    const answer = await logIn(app, ada);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['cache-control']).toBe('no-store');
    const { accessToken, refreshToken, ...rest } = answer.json();
    expect(rest).toEqual({ tokenType: 'Bearer', expiresIn: 600, refreshExpiresIn: 1_209_600 });
    expect(refreshToken).toMatch(/^[\w-]{86}$/);
    expect(decodeProtectedHeader(accessToken)).toEqual({ alg: 'ES256', typ: 'at+jwt', kid: 'key-1' });
    const claims = decodeJwt(accessToken);
    expect(claims).toMatchObject({
      iss: 'contact-sync',
      aud: 'integration-api',
      sub: adaId,
      epoch: 0,
      roles: ['editor'],
      scope: '',
    });
    expect(Number(claims.exp) - Number(claims.iat)).toBe(600);
    const user = ports.users.get(adaId);
    expect(user && (await ports.sessions.list(user)).map(({ id }) => id)).toEqual([claims['sid']]);
  });

  it.each(['Ada@EXAMPLE.com', 'ada@example.com ', ' ada@example.com\n', '\u00a0ada@example.com'])(
    'takes %j for the same address',
    async (email) => {
      const { app } = await createTestApp();
      expect((await logIn(app, { ...ada, email })).statusCode).toBe(200);
    },
  );

  it.each([
    ['decomposed', 'caff\u00e8 latte', 'caffe\u0300 latte'],
    ['composed', 'caff\u00e8 latte', 'caff\u00e8 latte'],
    ['with another kind of space', 'caff\u00e8 latte', 'caff\u00e8\u00a0latte'],
    ['as it was when hashes were of what was typed', 'caffe\u0300 latte', 'caffe\u0300 latte'],
  ])('takes a password that is typed %s', async (_, kept, typed) => {
    const { app, ports } = await createTestApp();
    const user = await ports.users.findById(adaId);
    if (user) ports.users.put({ ...user, passwordHash: await ports.passwords.hash(kept) });
    expect((await logIn(app, { ...ada, password: typed })).statusCode).toBe(200);
  });

  it('keeps nobody out of an account by bad tries, where it was logged in from', async () => {
    const { app } = await createTestApp();
    const from = (address: string, payload: object) =>
      app.inject({
        method: 'POST',
        url: '/api/v1/auth/login',
        payload,
        headers: { 'x-forwarded-for': address },
      });
    expect((await from('2001:db8:1:2::7', ada)).statusCode).toBe(200);
    const bad = [];
    for (let time = 0; time < 15; time += 1) bad.push((await from(`198.51.100.${time}`, wrong)).statusCode);
    expect(bad).toEqual([...Array(10).fill(401), ...Array(5).fill(429)]);
    expect((await from('198.51.100.99', ada)).statusCode).toBe(429);
    expect((await from('2001:db8:1:2::8', ada)).statusCode).toBe(200);
  });

  it('answers an unknown, a known and a disabled account alike, after the same comparison', async () => {
    const { app, ports } = await createTestApp();
    ports.users.put({
      id: 'user-2',
      email: 'bob@example.com',
      passwordHash: await ports.passwords.hash('secret of bob'),
      roles: ['viewer'],
      epoch: 0,
      disabled: true,
      generation: 0,
      createdAt: '2026-11-24T08:00:00.000Z',
    });
    const answers = [
      await logIn(app, wrong),
      await logIn(app, { email: 'nobody@example.com', password: 'wrong' }),
      await logIn(app, { email: 'bob@example.com', password: 'secret of bob' }),
    ];
    expect(ports.passwords.comparisons).toBe(3);
    const seen = answers.map((answer) => {
      const { requestId, ...body } = answer.json();
      return [answer.statusCode, body, Object.keys(answer.headers).sort()];
    });
    expect(seen[0]?.slice(0, 2)).toEqual([401, expect.objectContaining({ code: 'INVALID_CREDENTIALS' })]);
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[2]).toEqual(seen[0]);
    for (const id of [adaId, 'user-2']) {
      expect(await ports.sessions.list({ id, generation: 0 })).toEqual([]);
    }
  });

  it.each(['ada@example.com', 'nobody@example.com'])('backs %s off after ten bad tries', async (email) => {
    const { app, ports } = await createTestApp();
    for (let time = 0; time < 10; time += 1) await logIn(app, { email, password: 'wrong' });
    const answer = await logIn(app, { email, password: 'correct horse' });
    expect([answer.statusCode, answer.json().code]).toEqual([429, 'RATE_LIMITED']);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect(ports.passwords.comparisons).toBe(10);
  });

  it('compares no more than ten passwords of a hundred that come at once', async () => {
    const { app, ports } = await createTestApp();
    const answers = await Promise.all(Array.from({ length: 100 }, () => logIn(app, wrong)));
    expect(ports.passwords.comparisons).toBe(10);
    expect(answers.filter((answer) => answer.statusCode === 429).length).toBe(90);
  });

  it('forgets bad tries after a good one', async () => {
    const { app } = await createTestApp();
    for (let round = 0; round < 2; round += 1) {
      for (let time = 0; time < 9; time += 1) await logIn(app, wrong);
      expect((await logIn(app, ada)).statusCode).toBe(200);
    }
  });

  it('answers 503 at once when too many wait, and counts no try for it', async () => {
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const plain = createPlainPasswords();
    const { app } = await createTestApp({
      bulkhead: createBulkhead({ ...bulkheadTexts, atOnce: 1, waiting: 1 }),
      passwords: { ...plain, verify: (password, hash) => released.then(() => plain.verify(password, hash)) },
    });
    let overloaded = 0;
    const asked = Array.from({ length: 50 }, async () => {
      const answer = await logIn(app, wrong);
      if (answer.statusCode !== 503) return;
      expect([answer.json().code, answer.headers['retry-after']]).toEqual(['OVERLOADED', '1']);
      overloaded += 1;
    });
    await eventually(() => overloaded === 48);
    release();
    await Promise.all(asked);
    expect(plain.comparisons).toBe(2);
    expect((await logIn(app, ada)).statusCode).toBe(200);
  });

  it('gives no token that is not on record', async () => {
    const open = async () => {
      throw new AppError('DEPENDENCY_UNAVAILABLE', { message: 'Storage is not available at the moment.' });
    };
    const { sessions } = (await createTestApp()).ports;
    const { app } = await createTestApp({ sessions: { ...sessions, open } });
    const answer = await logIn(app, ada);
    expect([answer.statusCode, answer.json().code]).toEqual([503, 'DEPENDENCY_UNAVAILABLE']);
    expect(answer.body).not.toContain('eyJ');
  });

  it.each([
    [{}],
    [{ email: 'ada@example.com' }],
    [{ ...ada, email: 'no address' }],
    [{ ...ada, password: '' }],
    [{ ...ada, password: 'x'.repeat(1_025) }],
    [{ ...ada, password: { $ne: '' } }],
    [{ ...ada, roles: ['admin'] }],
  ])('refuses the body %j', async (payload) => {
    const { app, ports } = await createTestApp();
    const answer = await logIn(app, payload);
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'INVALID_BODY']);
    expect(ports.passwords.comparisons).toBe(0);
  });
});

describe('GET /api/v1/auth/me', () => {
  const me = (app: TestApp, token: string) =>
    app.inject({ url: '/api/v1/auth/me', headers: { authorization: `Bearer ${token}` } });

  it('tells a user who it is', async () => {
    const { app } = await createTestApp();
    const { accessToken } = (await logIn(app, ada)).json();
    const answer = await me(app, accessToken);
    expect([answer.statusCode, answer.headers['cache-control']]).toEqual([200, 'no-store']);
    expect(answer.json()).toEqual({
      kind: 'user',
      id: adaId,
      email: 'ada@example.com',
      roles: ['editor'],
      permissions: ['contacts:read', 'events:read', 'mappings:read', 'contacts:write', 'simulator:run'],
    });
  });

  it.each([
    ['disabled', { disabled: true }],
    ['of a later epoch', { epoch: 1 }],
  ])('refuses the token of a user that is now %s', async (_, change) => {
    const { app, ports } = await createTestApp();
    const { accessToken } = (await logIn(app, ada)).json();
    const user = await ports.users.findById(adaId);
    if (user) ports.users.put({ ...user, ...change });
    const answer = await me(app, accessToken);
    expect([answer.statusCode, answer.json().code]).toEqual([401, 'UNAUTHENTICATED']);
  });

  it('wants a token', async () => {
    const { app } = await createTestApp();
    expect((await app.inject('/api/v1/auth/me')).statusCode).toBe(401);
  });
});
