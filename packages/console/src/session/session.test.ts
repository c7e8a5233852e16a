import { ApiProblem } from '@contact-sync/client';
import { describe, expect, it } from 'vitest';
import { createSession, type SessionRoutes } from './session.ts';

const account = {
  kind: 'user' as const,
  id: 'u-1',
  email: 'ada@example.com',
  roles: ['admin'],
  permissions: [],
};

const problem = (status: number) =>
  new ApiProblem({ status, headers: new Headers(), body: { code: 'INVALID_CREDENTIALS' } });

const answerOf = <Body>(body: Body) => ({
  status: 200 as const,
  body,
  headers: new Headers(),
  etag: undefined,
  location: undefined,
});

/** A gateway whose tokens are numbered, and a clock in milliseconds. */
const createGateway = () => {
  const told = { logins: 0, refreshes: [] as string[], loggedOut: [] as string[] };
  const world = { now: 0, over: false, away: false };
  let count = 0;
  const pair = () => {
    count += 1;
    return answerOf({
      accessToken: `a${count}`,
      refreshToken: `r${count}`,
      tokenType: 'Bearer' as const,
      expiresIn: 600,
      refreshExpiresIn: 86_400,
    });
  };
  const routes: SessionRoutes = {
    logIn: async () => {
      told.logins += 1;
      world.over = false;
      return pair();
    },
    refreshSession: async ({ body }) => {
      told.refreshes.push(body.refreshToken);
      if (world.away) throw problem(503);
      if (world.over) throw problem(401);
      return pair();
    },
    logOut: async ({ body }) => {
      told.loggedOut.push(body.refreshToken);
      return { ...answerOf(undefined), status: 204 as const };
    },
    getMe: async () => account,
  };
  return { told, world, session: createSession(routes, () => world.now) };
};

describe('the session of a page', () => {
  it('hands out one token until it is old, and renews it once for all who ask', async () => {
    const { session, world, told } = createGateway();
    await session.logIn('ada@example.com', 'secret');
    expect(session.state.value).toEqual({ phase: 'in', account });
    expect(await session.tokens.get()).toBe('a1');
    world.now = 500_000;
    expect(await Promise.all([session.tokens.get(), session.tokens.get()])).toEqual(['a2', 'a2']);
    expect(told.refreshes).toEqual(['r1']);
  });

  it('renews a token that was refused before it is old', async () => {
    const { session } = createGateway();
    await session.logIn('ada@example.com', 'secret');
    session.tokens.forget('a1');
    session.tokens.forget('a0');
    expect(await session.tokens.get()).toBe('a2');
  });

  it('keeps calls waiting when the session is over, and lets them go on after the next log-in', async () => {
    const { session, world } = createGateway();
    await session.logIn('ada@example.com', 'secret');
    world.over = true;
    session.tokens.forget('a1');
    const waiting = session.tokens.get();
    await expect.poll(() => session.state.value).toEqual({ phase: 'ended', account });
    await session.logIn('ada@example.com', 'secret');
    expect(await waiting).toBe('a2');
    expect(session.state.value.phase).toBe('in');
  });

  it('goes on when the gateway cannot renew for a while', async () => {
    const { session, world } = createGateway();
    await session.logIn('ada@example.com', 'secret');
    session.tokens.forget('a1');
    world.away = true;
    await expect(session.tokens.get()).rejects.toMatchObject({ status: 503 });
    world.away = false;
    expect(await session.tokens.get()).toBe('a2');
    expect(session.state.value.phase).toBe('in');
  });

  it('is over everywhere when somebody logs out', async () => {
    const { session, told } = createGateway();
    await session.logIn('ada@example.com', 'secret');
    await session.logOut();
    expect(session.state.value).toEqual({ phase: 'out' });
    expect(told.loggedOut).toEqual(['r1']);
  });
});
