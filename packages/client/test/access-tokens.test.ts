import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { accessTokens } from '../src/access-tokens.ts';
import type { GrantRoutes } from '../src/grants.ts';

const credentials = { clientId: 'crm', clientSecret: 's' };
const LIFE_S = 100;

/** The routes that give tokens `t1`, `t2`, …, each as `give` lets it come. */
const routes = (give: (count: number) => Promise<void>) => {
  let count = 0;
  const requestToken = vi.fn(async () => {
    count += 1;
    const token = `t${count}`;
    await give(count);
    const body = { access_token: token, token_type: 'Bearer' as const, expires_in: LIFE_S, scope: '' };
    return { status: 200 as const, body, etag: undefined, location: undefined, headers: new Headers() };
  });
  return {
    logIn: vi.fn<GrantRoutes['logIn']>(),
    refreshSession: vi.fn<GrantRoutes['refreshSession']>(),
    requestToken,
  };
};

const freely = async () => undefined;
const failingFrom = (first: number) => async (count: number) => {
  if (count >= first) throw new Error(`no token ${count}`);
};

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the tokens of a client', () => {
  it('are asked for once by all who wait', async () => {
    const given = routes(freely);
    const tokens = accessTokens(credentials, given);
    expect(await Promise.all([tokens.get(), tokens.get()])).toEqual(['t1', 't1']);
    expect(given.requestToken).toHaveBeenCalledOnce();
  });

  it('are renewed while the old one still works, and nobody waits for it', async () => {
    const tokens = accessTokens(credentials, routes(freely));
    await tokens.get();
    vi.advanceTimersByTime(LIFE_S * 800);
    expect(await tokens.get()).toBe('t1');
    await vi.waitFor(async () => expect(await tokens.get()).toBe('t2'));
  });

  it('outlive a renewal that fails, to their end and no longer', async () => {
    const tokens = accessTokens(credentials, routes(failingFrom(2)));
    await tokens.get();
    vi.advanceTimersByTime(LIFE_S * 900);
    expect(await tokens.get()).toBe('t1');
    vi.advanceTimersByTime(LIFE_S * 100);
    await expect(tokens.get()).rejects.toThrow('no token');
  });

  it('are asked for at most once a second while none is given', async () => {
    const given = routes(failingFrom(1));
    const tokens = accessTokens(credentials, given);
    await expect(tokens.get()).rejects.toThrow('no token 1');
    await expect(tokens.get()).rejects.toThrow('no token 1');
    expect(given.requestToken).toHaveBeenCalledOnce();
    vi.advanceTimersByTime(1_000);
    await expect(tokens.get()).rejects.toThrow('no token 2');
  });

  it('keep a caller that is told to end from waiting, and come for the others', async () => {
    const gate = Promise.withResolvers<void>();
    const tokens = accessTokens(
      credentials,
      routes(() => gate.promise),
    );
    const stop = new AbortController();
    const [ended, waiting] = [tokens.get(stop.signal), tokens.get()];
    stop.abort(new Error('enough'));
    await expect(ended).rejects.toThrow('enough');
    gate.resolve();
    expect(await waiting).toBe('t1');
  });

  it('are for the named scopes alone, where some are named', async () => {
    const given = routes(freely);
    await accessTokens({ ...credentials, scopes: ['contacts:read', 'events:read'] }, given).get();
    expect(given.requestToken).toHaveBeenCalledWith({
      body: expect.objectContaining({ audience: 'integration-api', scope: 'contacts:read events:read' }),
    });
  });
});
