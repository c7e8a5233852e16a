import { describe, expect, it } from 'vitest';
import { ada, sessionCalls } from '../fakes/session-calls.ts';
import { adaId, createTestApp } from '../fakes/test-app.ts';

const password = 'seventeen purple umbrellas';
const rootId = '0199f0c8-7a3c-7c6e-9f6e-000000000001';

/** The app with an admin, who asks. */
const setUp = async () => {
  const { app, ports } = await createTestApp();
  const calls = sessionCalls(app);
  const root = {
    id: rootId,
    email: 'root@example.com',
    roles: ['admin'] as const,
    epoch: 0,
    disabled: false,
  };
  const stored = { generation: 0, createdAt: '2026-11-24T08:00:00.000Z' };
  ports.users.put({ ...root, ...stored, passwordHash: await ports.passwords.hash('root') });
  const tokens = (await calls.post('login', { email: root.email, password: 'root' })).json();
  const ask = async (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, payload?: object) => {
    const answer = await app.inject({
      method,
      url: `/api/v1/${path}`,
      headers: { ...calls.bearer(tokens), 'user-agent': 'console', 'x-forwarded-for': '203.0.113.7' },
      ...(payload && { payload }),
    });
    return {
      status: answer.statusCode,
      body: answer.body === '' ? undefined : answer.json(),
      headers: answer.headers,
    };
  };
  return { app, ports, ask, root: tokens, ...calls };
};

const coded = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code];

describe('/api/v1/users', () => {
  it('makes a user who can log in at once, and shows no password', async () => {
    const { ask, post } = await setUp();
    const made = await ask('POST', 'users', { email: ' Bob@Example.com ', password, roles: ['viewer'] });
    expect(made.status).toBe(201);
    const { id, createdAt, ...user } = made.body;
    expect(user).toEqual({ email: 'bob@example.com', roles: ['viewer'], disabled: false });
    expect(made.headers['location']).toBe(`/api/v1/users/${id}`);
    expect((await ask('GET', `users/${id}`)).body).toEqual({ id, createdAt, ...user });
    expect((await post('login', { email: 'bob@example.com', password })).statusCode).toBe(200);
    const { body } = await ask('GET', 'users');
    expect(body.items.map((item: { id: string }) => item.id)).toContain(id);
    expect(JSON.stringify(body)).not.toMatch(/plain:|password/);
  });

  it('lists page by page, each user once', async () => {
    const { ask } = await setUp();
    for (const name of ['a', 'b', 'c']) {
      await ask('POST', 'users', { email: `${name}@example.com`, password, roles: ['viewer'] });
    }
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await ask('GET', `users?limit=2${cursor && `&cursor=${cursor}`}`);
      seen.push(...body.items.map((item: { email: string }) => item.email));
      cursor = body.nextCursor ?? '';
    } while (cursor);
    expect(seen.sort()).toEqual(['a', 'ada', 'b', 'c', 'root'].map((name) => `${name}@example.com`));
    expect(coded(await ask('GET', 'users?cursor=nonsense!'))).toEqual([400, 'INVALID_CURSOR']);
  });

  it.each([
    [{ email: 'bob@example.com', password }],
    [{ email: 'bob@example.com', password, roles: [] }],
    [{ email: 'bob@example.com', password, roles: ['root'] }],
    [{ email: 'bob@example.com', password, roles: ['viewer', 'viewer'] }],
    [{ email: 'bob@example.com', password: 'short', roles: ['viewer'] }],
    [{ email: 'bob@example.com', password: 'qwertyuiop123', roles: ['viewer'] }],
    [{ email: 'bob', password, roles: ['viewer'] }],
    [{ email: 'bob@example.com', password, roles: ['viewer'], epoch: 7 }],
    [{ email: 'bob@example.com', password, roles: ['viewer'], id: rootId }],
  ])('takes no new user like %j', async (user) => {
    const { ask } = await setUp();
    expect(coded(await ask('POST', 'users', user))).toEqual([400, 'INVALID_BODY']);
  });

  it('lets no e-mail stand for two users, however it is spelled', async () => {
    const { ask } = await setUp();
    const taken = { email: 'ADA@example.com', password, roles: ['viewer'] };
    expect(coded(await ask('POST', 'users', taken))).toEqual([409, 'EMAIL_TAKEN']);
    const change = await ask('PATCH', `users/${rootId}`, { email: ada.email });
    expect(coded(change)).toEqual([409, 'EMAIL_TAKEN']);
  });

  it('ends the access tokens of who loses a role, and leaves the session', async () => {
    const { ports, ask, logIn, me, refresh } = await setUp();
    const tokens = await logIn();
    const answer = await ask('PATCH', `users/${adaId}`, { roles: ['viewer'] });
    expect([answer.status, answer.body.roles]).toEqual([200, ['viewer']]);
    expect(await me(tokens)).toBe(401);
    expect(await me((await refresh(tokens)).json())).toBe(200);
    expect(ports.journal.revoked).toMatchObject([{ kind: 'subject', sub: adaId, epoch: 1 }]);
  });

  it('ends no token of who gains a role', async () => {
    const { ports, ask, logIn, me } = await setUp();
    const tokens = await logIn();
    await ask('PATCH', `users/${adaId}`, { roles: ['editor', 'viewer'] });
    expect(await me(tokens)).toBe(200);
    expect(ports.journal.revoked).toEqual([]);
  });

  it.each([
    ['is disabled', 'PATCH', { disabled: true }],
    ['gets another password', 'PATCH', { password }],
    ['is deleted', 'DELETE', undefined],
  ] as const)('ends tokens and sessions of who %s', async (_, method, change) => {
    const { ports, ask, logIn, me, refresh } = await setUp();
    const tokens = await logIn();
    expect((await ask(method, `users/${adaId}`, change)).status).toBe(method === 'PATCH' ? 200 : 204);
    expect(await me(tokens)).toBe(401);
    expect((await refresh(tokens)).statusCode).toBe(401);
    expect(ports.journal.revoked).toMatchObject([{ kind: 'subject', sub: adaId, epoch: 1 }]);
  });

  it.each([
    ['disabled', 'PATCH', { disabled: true }],
    ['made another role', 'PATCH', { roles: ['editor'] }],
    ['deleted', 'DELETE', undefined],
  ] as const)('lets the last admin not be %s, a second one be', async (_, method, change) => {
    const { ports, ask, me, root } = await setUp();
    expect(coded(await ask(method, `users/${rootId}`, change))).toEqual([409, 'LAST_ADMIN']);
    expect(await me(root)).toBe(200);
    await ask('PATCH', `users/${adaId}`, { roles: ['admin'], disabled: true });
    expect(coded(await ask(method, `users/${rootId}`, change))).toEqual([409, 'LAST_ADMIN']);
    await ask('PATCH', `users/${adaId}`, { disabled: false });
    expect((await ask(method, `users/${rootId}`, change)).status).toBeLessThan(300);
    expect(ports.journal.revoked).toMatchObject([{ sub: adaId }, { sub: rootId }]);
  });

  it('knows nobody of another id, and is for admins alone', async () => {
    const { app, ask, logIn, bearer } = await setUp();
    const nobody = '0199f0c8-7a3c-7c6e-9f6e-3d2b1a0f9eff';
    for (const method of ['GET', 'DELETE'] as const) {
      expect(coded(await ask(method, `users/${nobody}`))).toEqual([404, 'NOT_FOUND']);
    }
    expect(coded(await ask('PATCH', `users/${nobody}`, {}))).toEqual([404, 'NOT_FOUND']);
    const headers = bearer(await logIn());
    expect((await app.inject({ url: '/api/v1/users', headers })).statusCode).toBe(403);
  });
});

const askForToken = async (
  { app }: Pick<Awaited<ReturnType<typeof setUp>>, 'app'>,
  client_id: string,
  client_secret: string,
) => {
  const form = { grant_type: 'client_credentials', client_id, client_secret };
  return app.inject({
    method: 'POST',
    url: '/oauth2/token',
    payload: new URLSearchParams(form).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
};

describe('/api/v1/clients', () => {
  const reporting = { id: 'reporting', audiences: ['integration-api'], scopes: ['contacts:read'] };

  it('makes a client whose secret is shown once', async () => {
    const system = await setUp();
    const { ask } = system;
    const made = await ask('POST', 'clients', reporting);
    expect([made.status, made.body.client, made.headers['cache-control']]).toEqual([
      201,
      reporting,
      'no-store',
    ]);
    expect(made.headers['location']).toBe('/api/v1/clients/reporting');
    expect((await askForToken(system, 'reporting', made.body.secret)).statusCode).toBe(200);
    expect((await ask('GET', 'clients/reporting')).body).toEqual(reporting);
    const { body } = await ask('GET', 'clients');
    expect(body.items.map(({ id }: { id: string }) => id)).toEqual(['event-worker', 'reporting']);
    expect(JSON.stringify(body)).not.toMatch(/secret/i);
    expect(coded(await ask('POST', 'clients', reporting))).toEqual([409, 'CLIENT_EXISTS']);
  });

  it('takes both secrets while they overlap, and then the new one alone', async () => {
    const system = await setUp();
    const { ports, ask } = system;
    const { secret: old } = (await ask('POST', 'clients', reporting)).body;
    const rotated = await ask('POST', 'clients/reporting/secret', { overlapSeconds: 60 });
    expect([rotated.status, rotated.headers['cache-control']]).toEqual([200, 'no-store']);
    expect(rotated.body.client.oldSecretUntil).toMatch(/Z$/);
    for (const secret of [old, rotated.body.secret]) {
      expect((await askForToken(system, 'reporting', secret)).statusCode).toBe(200);
    }
    expect(ports.journal.revoked).toEqual([]);
    const again = await ask('POST', 'clients/reporting/secret', { overlapSeconds: 0 });
    const answers = [];
    for (const secret of [old, rotated.body.secret, again.body.secret]) {
      answers.push((await askForToken(system, 'reporting', secret)).statusCode);
    }
    expect(answers).toEqual([401, 401, 200]);
    expect(ports.journal.revoked).toMatchObject([{ kind: 'subject', sub: 'reporting', epoch: 1 }]);
  });

  it.each([
    ['loses a scope', 'PATCH', { scopes: [] }],
    ['loses an audience', 'PATCH', { audiences: ['contact-service'] }],
    ['is deleted', 'DELETE', undefined],
  ] as const)('ends the tokens of one that %s', async (_, method, change) => {
    const system = await setUp();
    const { app, ports, ask } = system;
    const { secret } = (await ask('POST', 'clients', reporting)).body;
    const token = (await askForToken(system, 'reporting', secret)).json().access_token;
    const me = async () =>
      (await app.inject({ url: '/api/v1/auth/me', headers: { authorization: `Bearer ${token}` } }))
        .statusCode;
    expect(await me()).toBe(200);
    expect((await ask(method, 'clients/reporting', change)).status).toBeLessThan(300);
    expect(await me()).toBe(401);
    expect(ports.journal.revoked).toMatchObject([{ kind: 'subject', sub: 'reporting', epoch: 1 }]);
  });

  it.each([
    [{ ...reporting, id: 'a b' }],
    [{ ...reporting, id: '../x' }],
    [{ ...reporting, scopes: ['everything'] }],
    [{ ...reporting, audiences: [] }],
    [{ ...reporting, secret: 'x'.repeat(40) }],
    [{ ...reporting, epoch: 9 }],
  ])('takes no client like %j', async (client) => {
    const { ask } = await setUp();
    expect(coded(await ask('POST', 'clients', client))).toEqual([400, 'INVALID_BODY']);
  });

  it('knows none of another id', async () => {
    const { ask } = await setUp();
    for (const [method, path, body] of [
      ['GET', 'clients/nobody', undefined],
      ['PATCH', 'clients/nobody', {}],
      ['DELETE', 'clients/nobody', undefined],
      ['POST', 'clients/nobody/secret', { overlapSeconds: 0 }],
    ] as const) {
      expect(coded(await ask(method, path, body))).toEqual([404, 'NOT_FOUND']);
    }
    expect((await ask('GET', 'clients/a%2Fb')).status).toBe(400);
  });
});

describe('/api/v1/audit', () => {
  type Entry = { id: string; action: string; by: string; target: string };
  const actions = (body: { items: Entry[] }) => body.items.map(({ action }) => action);

  it('tells who did what, when and from where, and no secret', async () => {
    const { ask } = await setUp();
    const { id } = (await ask('POST', 'users', { email: 'bob@example.com', password, roles: ['viewer'] }))
      .body;
    await ask('PATCH', `users/${id}`, { email: 'eve@example.com', password: `${password}!`, disabled: true });
    const { secret } = (await ask('POST', 'clients', { id: 'c', audiences: ['integration-api'], scopes: [] }))
      .body;
    const { status, body } = await ask('GET', 'audit');
    expect(status).toBe(200);
    expect(body.items.slice(0, 3)).toMatchObject([
      { action: 'client.created', by: `user:${rootId}`, target: 'client:c' },
      {
        action: 'user.changed',
        target: `user:${id}`,
        detail: { email: 'changed', password: 'changed', disabled: true },
      },
      {
        action: 'user.created',
        by: `user:${rootId}`,
        target: `user:${id}`,
        address: '203.0.113.7',
        userAgent: 'console',
        detail: { roles: ['viewer'] },
      },
    ]);
    expect(JSON.stringify(body)).not.toMatch(new RegExp(`${secret}|${password}|bob@|eve@`));
  });

  it('keeps logins apart, with those that were refused or delayed, and no e-mail of theirs', async () => {
    const { ask, post, logIn } = await setUp();
    await logIn();
    for (let time = 0; time < 11; time += 1) {
      await post('login', { email: 'nobody@example.com', password: 'wrong' });
    }
    await post('login', { ...ada, password: 'wrong' });
    const { body } = await ask('GET', 'audit?trail=logins&limit=100');
    expect(actions(body)).toEqual([
      'session.refused',
      'session.delayed',
      ...Array(10).fill('session.refused'),
      'session.begun',
      'session.begun',
    ]);
    expect(body.items[0].target).toBe(`user:${adaId}`);
    expect(new Set(body.items.slice(1, 12).map(({ target }: Entry) => target)).size).toBe(1);
    expect(JSON.stringify(body)).not.toContain('nobody@');
  });

  it('is read back page by page, and followed from an entry on', async () => {
    const { ask } = await setUp();
    for (const id of ['a', 'b', 'c', 'd']) {
      await ask('POST', 'clients', { id, audiences: ['integration-api'], scopes: [] });
    }
    const targets = (items: Entry[]) => items.map(({ target }) => target.slice(-1));
    const back: Entry[] = [];
    let cursor: string | undefined;
    do {
      const { body } = await ask('GET', `audit?limit=2${cursor ? `&cursor=${cursor}` : ''}`);
      back.push(...body.items);
      cursor = body.nextCursor;
    } while (cursor);
    expect(targets(back).slice(0, 4)).toEqual(['d', 'c', 'b', 'a']);
    const { body: first } = await ask('GET', `audit?limit=2&after=${back[3]?.id}`);
    expect(targets(first.items)).toEqual(['b', 'c']);
    const { body: rest } = await ask('GET', `audit?limit=2&cursor=${first.nextCursor}`);
    expect([targets(rest.items), rest.nextCursor]).toEqual([['d'], undefined]);
    const wrong = [
      `trail=logins&cursor=${first.nextCursor}`,
      'cursor=!',
      `after=0-0&cursor=${first.nextCursor}`,
    ];
    for (const query of wrong) {
      expect(coded(await ask('GET', `audit?${query}`))).toEqual([400, 'INVALID_CURSOR']);
    }
    expect((await ask('GET', 'audit?after=x')).status).toBe(400);
  });
});
