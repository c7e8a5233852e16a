import { decodeJwt } from 'jose';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ada, sessionCalls, type Tokens } from '../fakes/session-calls.ts';
import { adaId, createTestApp } from '../fakes/test-app.ts';

afterEach(() => void vi.useRealTimers());

const passTime = (ms: number) => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms });

const setUp = async () => {
  const { app, ports } = await createTestApp();
  return { app, ports, ...sessionCalls(app) };
};

const refused = (answer: { statusCode: number; json: () => { code: string } }) => [
  answer.statusCode,
  answer.json().code,
];
const INVALID = [401, 'INVALID_CREDENTIALS'];

describe('POST /api/v1/auth/refresh', () => {
  it('gives the next pair of the same session, as the user is now', async () => {
    const { ports, logIn, refresh, me } = await setUp();
    const first = await logIn();
    const user = ports.users.get(adaId);
    if (user) ports.users.put({ ...user, roles: ['viewer'], epoch: 4 });
    const answer = await refresh(first);
    expect([answer.statusCode, answer.headers['cache-control']]).toEqual([200, 'no-store']);
    const { accessToken, refreshToken, ...rest } = answer.json();
    expect(rest).toEqual({ tokenType: 'Bearer', expiresIn: 600, refreshExpiresIn: 1_209_600 });
    expect(refreshToken).not.toBe(first.refreshToken);
    const { sid, jti } = decodeJwt(first.accessToken);
    expect(decodeJwt(accessToken)).toMatchObject({ sub: adaId, sid, roles: ['viewer'], epoch: 4 });
    expect(decodeJwt(accessToken).jti).not.toBe(jti);
    expect(await me({ accessToken, refreshToken })).toBe(200);
  });

  it('gives the same child again within ten seconds, while the child is unused', async () => {
    const { logIn, refresh } = await setUp();
    const first = await logIn();
    const children = [];
    for (let time = 0; time < 3; time += 1) children.push((await refresh(first)).json().refreshToken);
    passTime(9_000);
    children.push((await refresh(first)).json().refreshToken);
    expect(new Set(children).size).toBe(1);
    expect((await refresh({ ...first, refreshToken: children[0] })).statusCode).toBe(200);
  });

  it.each([
    ['later than ten seconds after', async (_: (tokens: Tokens) => unknown) => void passTime(10_001)],
    ['after its child was used', async (useChild: () => unknown) => void (await useChild())],
  ])('ends the session of a token that comes again %s', async (_, between) => {
    const { ports, logIn, refresh, me } = await setUp();
    const first = await logIn();
    const second: Tokens = (await refresh(first)).json();
    let newest = second;
    await between(async () => {
      newest = (await refresh(second)).json();
    });
    expect(refused(await refresh(first))).toEqual(INVALID);
    expect(refused(await refresh(newest))).toEqual(INVALID);
    expect(await me(newest)).toBe(401);
    const { sid } = decodeJwt(first.accessToken);
    expect(ports.journal.revoked).toMatchObject([{ kind: 'session', sid }]);
    expect(ports.journal.noted.at(-1)).toMatchObject({
      action: 'session.reused',
      target: `session:${sid}`,
    });
  });

  it('slides the end of the session with each use, up to its absolute end', async () => {
    const { logIn, refresh } = await setUp();
    let tokens = await logIn();
    const lives = [];
    for (let week = 1; week < 14; week += 1) {
      passTime(604_800_000);
      const answer = await refresh(tokens);
      if (answer.statusCode !== 200) break;
      tokens = answer.json();
      lives.push(answer.json().refreshExpiresIn);
    }
    // 90 days are twelve weeks and six days: after the twelfth, six days are left.
    expect(lives).toEqual([...Array(10).fill(1_209_600), 1_123_200, 518_400]);
    expect(refused(await refresh(tokens))).toEqual(INVALID);
  });

  it('refuses a session that was not used for two weeks', async () => {
    const { logIn, refresh } = await setUp();
    const tokens = await logIn();
    passTime(1_209_601_000);
    expect(refused(await refresh(tokens))).toEqual(INVALID);
  });

  it('gives no access token that outlives the session', async () => {
    const { logIn, refresh } = await setUp();
    let tokens = await logIn();
    for (let time = 0; time < 7; time += 1) {
      passTime(1_109_999_000);
      tokens = (await refresh(tokens)).json();
    }
    passTime(6_000_000);
    const answer = (await refresh(tokens)).json();
    expect(answer.expiresIn).toBe(answer.refreshExpiresIn);
    expect(answer.expiresIn).toBeLessThanOrEqual(600);
  });

  it.each([
    ['disabled', { disabled: true }],
    ['of another password', { generation: 1 }],
  ])('refuses the sessions of a user that is %s', async (_, change) => {
    const { ports, logIn, refresh } = await setUp();
    const tokens = await logIn();
    const user = ports.users.get(adaId);
    if (user) ports.users.put({ ...user, ...change });
    expect(refused(await refresh(tokens))).toEqual(INVALID);
  });

  it.each([
    ['empty', ''],
    ['too long', 'x'.repeat(513)],
    ['a number', 7],
    ['null', null],
    ['an object', { $ne: '' }],
    ['a list', ['x']],
    ['missing', undefined],
  ])('refuses a body whose token is %s', async (_, refreshToken) => {
    const { post } = await setUp();
    for (const path of ['refresh', 'logout']) {
      expect(refused(await post(path, { refreshToken }))).toEqual([400, 'INVALID_BODY']);
    }
  });

  it('knows no text but those it gave, and none of them in another spelling', async () => {
    const { logIn, refresh } = await setUp();
    const tokens = await logIn();
    const { refreshToken, accessToken } = tokens;
    const other = refreshToken.startsWith('A') ? 'B' : 'A';
    const texts = [
      accessToken.slice(0, 512),
      refreshToken.slice(1),
      `${refreshToken}A`,
      `${refreshToken}==`,
      ` ${refreshToken}`,
      other + refreshToken.slice(1),
      '*'.repeat(86),
      'A'.repeat(86),
      '_'.repeat(86),
    ];
    for (const text of texts)
      expect(refused(await refresh({ accessToken, refreshToken: text }))).toEqual(INVALID);
    expect((await refresh(tokens)).statusCode).toBe(200);
  });
});

describe('POST /api/v1/auth/logout', () => {
  it('ends the session without an access token, and is answered alike when there is none', async () => {
    const { ports, logIn, logOut, refresh, me } = await setUp();
    const tokens = await logIn();
    for (let time = 0; time < 2; time += 1) {
      const answer = await logOut(tokens);
      expect([answer.statusCode, answer.body]).toEqual([204, '']);
    }
    expect((await logOut({ ...tokens, refreshToken: 'nonsense' })).statusCode).toBe(204);
    expect(refused(await refresh(tokens))).toEqual(INVALID);
    expect(await me(tokens)).toBe(401);
    const { sid, exp } = decodeJwt(tokens.accessToken);
    expect(ports.journal.revoked).toEqual([{ kind: 'session', sid, until: Number(exp) + 60 }]);
  });

  it('ends the session by a token that was used already', async () => {
    const { logIn, logOut, refresh } = await setUp();
    const first = await logIn();
    const second = (await refresh(first)).json();
    expect((await logOut(first)).statusCode).toBe(204);
    expect(refused(await refresh(second))).toEqual(INVALID);
  });
});

describe('/api/v1/auth/sessions', () => {
  it('lists where one is logged in, with who asked and from where', async () => {
    const { logIn, refresh, sessions } = await setUp();
    const phone = await logIn({ 'user-agent': 'phone', 'x-forwarded-for': '203.0.113.7' });
    passTime(1_000);
    const laptop = await logIn({ 'user-agent': 'laptop '.repeat(100), 'x-forwarded-for': '2001:db8::1' });
    const listed = await sessions(laptop);
    expect(listed).toMatchObject([
      { id: decodeJwt(laptop.accessToken)['sid'], current: true, address: '2001:db8::1' },
      { id: decodeJwt(phone.accessToken)['sid'], current: false, userAgent: 'phone', address: '203.0.113.7' },
    ]);
    expect(listed[0].userAgent.length).toBe(256);
    passTime(1_000);
    await refresh(phone);
    expect((await sessions(laptop))[0]).toMatchObject({ current: false, createdAt: listed[1].createdAt });
  });

  it('are ended one by one, by their owner alone', async () => {
    const { app, ports, logIn, bearer, me, refresh } = await setUp();
    const [one, other] = [await logIn(), await logIn()];
    const end = (id: unknown, tokens: Tokens) =>
      app.inject({ method: 'DELETE', url: `/api/v1/auth/sessions/${id}`, headers: bearer(tokens) });
    const { sid } = decodeJwt(one.accessToken);
    const eve = {
      ...ports.users.get(adaId),
      id: 'f199f0c8-7a3c-7c6e-9f6e-3d2b1a0f9e8d',
      email: 'eve@example.com',
    };
    ports.users.put(eve as NonNullable<ReturnType<typeof ports.users.get>>);
    const { json } = await app.inject({
      method: 'POST',
      url: '/api/v1/auth/login',
      payload: { ...ada, email: 'eve@example.com' },
    });
    expect((await end(sid, json())).statusCode).toBe(404);
    expect((await end(String(sid).toUpperCase(), other)).statusCode).toBe(204);
    expect((await end(sid, other)).statusCode).toBe(404);
    expect([await me(one), await me(other)]).toEqual([401, 200]);
    expect(refused(await refresh(one))).toEqual(INVALID);
    expect((await end('not-an-id', other)).statusCode).toBe(400);
  });

  it('are ended all at once, the one that asks too', async () => {
    const { app, logIn, bearer, me, refresh } = await setUp();
    const all = [await logIn(), await logIn(), await logIn()];
    const [first] = all;
    if (!first) throw new Error('unreachable');
    const url = '/api/v1/auth/sessions';
    expect((await app.inject({ method: 'DELETE', url, headers: bearer(first) })).statusCode).toBe(204);
    for (const tokens of all) {
      expect(await me(tokens)).toBe(401);
      expect(refused(await refresh(tokens))).toEqual(INVALID);
    }
  });

  it('are as many as one may have; the longest unused end for new ones', async () => {
    const { logIn, me, sessions } = await setUp();
    const all: Tokens[] = [];
    for (let index = 0; index < 7; index += 1) {
      passTime(1_000);
      all.push(await logIn());
    }
    const newest = all.at(-1);
    expect(newest && (await sessions(newest)).length).toBe(5);
    expect(await Promise.all(all.map(me))).toEqual([401, 401, 200, 200, 200, 200, 200]);
  });
});

describe('POST /api/v1/auth/password', () => {
  const newPassword = 'seventeen purple umbrellas';
  const change = { currentPassword: ada.password, newPassword };

  it('ends all other sessions and every access token, and goes on in this one', async () => {
    const { ports, post, bearer, logIn, refresh, me, sessions } = await setUp();
    const [here, there] = [await logIn(), await logIn()];
    const answer = await post('password', change, bearer(here));
    expect([answer.statusCode, answer.headers['cache-control']]).toEqual([200, 'no-store']);
    const { accessToken, ...rest } = answer.json();
    expect(rest).toEqual({ tokenType: 'Bearer', expiresIn: 600 });
    const now = { ...here, accessToken };
    expect([await me(here), await me(there), await me(now)]).toEqual([401, 401, 200]);
    expect(await sessions(now)).toMatchObject([{ current: true }]);
    expect(refused(await refresh(there))).toEqual(INVALID);
    expect((await refresh(now)).statusCode).toBe(200);
    expect(ports.journal.revoked).toMatchObject([{ kind: 'subject', sub: adaId, epoch: 1 }]);
    expect((await post('login', ada)).statusCode).toBe(401);
    expect((await post('login', { ...ada, password: newPassword })).statusCode).toBe(200);
  });

  it('wants the present one, and counts wrong ones with those of logging in', async () => {
    const { post, bearer, logIn } = await setUp();
    const tokens = await logIn({ 'x-forwarded-for': '203.0.113.7' });
    const headers = { ...bearer(tokens), 'x-forwarded-for': '203.0.113.7' };
    const wrong = { ...change, currentPassword: 'wrong' };
    for (let time = 0; time < 10; time += 1) {
      const answer = await post('password', wrong, headers);
      expect(refused(answer)).toEqual([400, 'INVALID_BODY']);
      expect(answer.json().errors).toMatchObject([{ pointer: '/currentPassword' }]);
    }
    expect(refused(await post('password', change, headers))).toEqual([429, 'RATE_LIMITED']);
  });

  it.each(['', 'too short', 'x'.repeat(1_025), 'Password1234', '123456789012'])(
    'takes no new password like %j',
    async (password) => {
      const { post, bearer, logIn } = await setUp();
      const answer = await post('password', { ...change, newPassword: password }, bearer(await logIn()));
      expect(refused(answer)).toEqual([400, 'INVALID_BODY']);
      expect(answer.json().errors).toMatchObject([{ pointer: '/newPassword' }]);
    },
  );

  it('is kept as it is composed, whatever machine it is typed on', async () => {
    const { post, bearer, logIn } = await setUp();
    const decomposed = 'crème brûlée à la carte'.normalize('NFD');
    await post('password', { ...change, newPassword: decomposed }, bearer(await logIn()));
    const password = decomposed.normalize('NFC');
    expect((await post('login', { ...ada, password })).statusCode).toBe(200);
  });

  it('is not for machines', async () => {
    const { app, post } = await setUp();
    const token = await app.inject({
      method: 'POST',
      url: '/oauth2/token',
      payload: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: 'event-worker',
        client_secret: 'a secret: with %, + and 32 characters',
        audience: 'integration-api',
      }).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    const headers = { authorization: `Bearer ${token.json().access_token}` };
    expect(refused(await post('password', change, headers))).toEqual([400, 'INVALID_BODY']);
    const list = await app.inject({ url: '/api/v1/auth/sessions', headers });
    expect([list.statusCode, list.json()]).toEqual([200, { items: [] }]);
  });
});
