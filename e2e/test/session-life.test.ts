import { ApiProblem, createClient } from '@contact-sync/client';
import { eventually } from '@contact-sync/testing';
import { beforeAll, expect, test } from 'vitest';
import { type RunSystem, runSystem } from '../run/run-system.ts';

let system: RunSystem;

beforeAll(async () => {
  system = await runSystem();
});

const password = 'seventeen purple umbrellas';
const newPassword = 'eighteen purple umbrellas';

const anonymous = () => createClient({ baseUrl: system.gatewayUrl });
const withToken = (accessToken: string) =>
  createClient({ baseUrl: system.gatewayUrl, credentials: { accessToken } });

/** The status of a call, be it an answer or a problem. */
const statusOf = async (call: Promise<{ readonly status: number }>): Promise<number> => {
  try {
    return (await call).status;
  } catch (error) {
    if (error instanceof ApiProblem) return error.status;
    throw error;
  }
};

/** How long after `end` contact-service still takes the token, in milliseconds. */
const refusedAfter = async (accessToken: string, end: () => Promise<unknown>): Promise<number> => {
  const client = withToken(accessToken);
  expect(await statusOf(client.listContacts())).toBe(200);
  await end();
  const endedAt = performance.now();
  await eventually(async () => (await statusOf(client.listContacts())) === 401);
  return performance.now() - endedAt;
};

const newUser = async (email: string) => {
  const admin = createClient({ baseUrl: system.gatewayUrl, credentials: system.admin });
  const { body } = await admin.createUser({ body: { email, password, roles: ['editor'] } });
  return { admin, id: body.id };
};

test('a session lives from log-in over refreshes to log-out, and is refused everywhere within five seconds', async () => {
  await newUser('ada@example.com');
  const first = (await anonymous().logIn({ body: { email: 'ada@example.com', password } })).body;
  const { refreshToken } = first;
  const second = (await anonymous().refreshSession({ body: { refreshToken } })).body;
  const again = (await anonymous().refreshSession({ body: { refreshToken } })).body;
  expect(again.refreshToken).toBe(second.refreshToken);
  const { body: list } = await withToken(second.accessToken).listSessions();
  expect(list.items).toMatchObject([{ current: true, address: '127.0.0.1' }]);
  const waited = await refusedAfter(second.accessToken, () =>
    anonymous().logOut({ body: { refreshToken: second.refreshToken } }),
  );
  expect(waited).toBeLessThan(5_000);
  expect(await statusOf(anonymous().logOut({ body: { refreshToken: second.refreshToken } }))).toBe(204);
  expect(await statusOf(anonymous().refreshSession({ body: { refreshToken: second.refreshToken } }))).toBe(
    401,
  );
});

test('a password is changed in one session, which goes on, and ends the other within five seconds', async () => {
  const email = 'bob@example.com';
  await newUser(email);
  const here = (await anonymous().logIn({ body: { email, password } })).body;
  const there = (await anonymous().logIn({ body: { email, password } })).body;
  let changed = here.accessToken;
  const waited = await refusedAfter(there.accessToken, async () => {
    const body = { currentPassword: password, newPassword };
    changed = (await withToken(here.accessToken).changePassword({ body })).body.accessToken;
  });
  expect(waited).toBeLessThan(5_000);
  expect(await statusOf(withToken(changed).getMe())).toBe(200);
  expect(await statusOf(anonymous().refreshSession({ body: { refreshToken: here.refreshToken } }))).toBe(200);
  expect(await statusOf(anonymous().refreshSession({ body: { refreshToken: there.refreshToken } }))).toBe(
    401,
  );
});

test('an admin takes a role, then the account; the client goes on in its session until then', async () => {
  const email = 'eve@example.com';
  const { admin, id } = await newUser(email);
  const client = createClient({ baseUrl: system.gatewayUrl, credentials: { email, password } });
  expect((await client.getMe()).body.roles).toEqual(['editor']);
  await admin.changeUser({ params: { id }, body: { roles: ['viewer'] } });
  expect((await client.getMe()).body.roles).toEqual(['viewer']);
  expect((await client.listSessions()).body.items.length).toBe(1);
  await admin.changeUser({ params: { id }, body: { disabled: true } });
  expect(await statusOf(client.getMe())).toBe(401);
  const { body: trail } = await admin.listAuditEntries({ query: { limit: 10 } });
  const ofEve = trail.items.filter(({ target }) => target === `user:${id}`).map(({ detail }) => detail);
  expect(ofEve).toEqual([{ disabled: true }, { roles: ['viewer'] }, { roles: ['editor'] }]);
});

test('a machine client is made, changes its secret with an overlap, and is deleted', async () => {
  const { admin } = await newUser('root@example.com');
  const scopes: 'contacts:read'[] = ['contacts:read'];
  const made = await admin.createMachineClient({
    body: { id: 'reporting', audiences: ['integration-api'], scopes },
  });
  const params = { id: 'reporting' };
  const rotated = await admin.rotateClientSecret({ params, body: { overlapSeconds: 60 } });
  for (const clientSecret of [made.body.secret, rotated.body.secret]) {
    const credentials = { clientId: 'reporting', clientSecret };
    const machine = createClient({ baseUrl: system.gatewayUrl, credentials });
    expect(await statusOf(machine.listContacts())).toBe(200);
  }
  await admin.deleteMachineClient({ params });
  const credentials = { clientId: 'reporting', clientSecret: rotated.body.secret };
  const machine = createClient({ baseUrl: system.gatewayUrl, credentials });
  expect(await statusOf(machine.listContacts())).toBe(401);
});
