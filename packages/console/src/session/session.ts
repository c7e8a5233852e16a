import { ApiProblem, type Client, type TokenSource } from '@contact-sync/client';
import { type ReadonlySignal, signal } from '@preact/signals';

type Tokens = Awaited<ReturnType<Client['logIn']>>['body'];

/** Who is logged in, and what the account allows. */
export type Account = Awaited<ReturnType<Client['getMe']>>['body'];

/** `ended`: the session is over, while its page is still there and waits for somebody to log in again. */
export type SessionState =
  | { readonly phase: 'out' }
  | { readonly phase: 'in'; readonly account: Account }
  | { readonly phase: 'ended'; readonly account: Account };

/** What a session asks of the gateway. */
export type SessionRoutes = Pick<Client, 'logIn' | 'refreshSession' | 'logOut'> & {
  readonly getMe: (accessToken: string) => Promise<Account>;
};

export type Session = {
  readonly state: ReadonlySignal<SessionState>;
  readonly tokens: TokenSource;
  readonly logIn: (email: string, password: string) => Promise<void>;
  readonly logOut: () => Promise<void>;
};

type Held = { readonly accessToken: string; readonly refreshToken: string; readonly renewAt: number };

/** Renewal begins when so much of a token's life is over. */
const RENEW_AFTER = 0.8;

const heldOf = ({ accessToken, refreshToken, expiresIn }: Tokens, askedAt: number): Held => ({
  accessToken,
  refreshToken,
  renewAt: askedAt + expiresIn * 1_000 * RENEW_AFTER,
});

/**
 * The session of this page. Both tokens live in memory alone (docs/adr/0059). Calls that find the session over wait
 * until somebody has logged in again, so that what is typed on a page is not lost.
 */
export const createSession = (routes: SessionRoutes, now: () => number = Date.now): Session => {
  const state = signal<SessionState>({ phase: 'out' });
  let held: Held | undefined;
  let renewing: Promise<void> | undefined;
  let again = Promise.withResolvers<void>();

  const end = (): void => {
    held = undefined;
    if (state.value.phase === 'in') state.value = { phase: 'ended', account: state.value.account };
  };
  const renew = async (refreshToken: string): Promise<void> => {
    const askedAt = now();
    try {
      held = heldOf((await routes.refreshSession({ body: { refreshToken } })).body, askedAt);
    } catch (error) {
      if (!(error instanceof ApiProblem && error.status === 401)) throw error;
      end();
    }
  };
  const renewed = (refreshToken: string): Promise<void> => {
    renewing ??= renew(refreshToken).finally(() => {
      renewing = undefined;
    });
    return renewing;
  };
  const get = async (signal?: AbortSignal): Promise<string> => {
    signal?.throwIfAborted();
    if (held !== undefined && now() < held.renewAt) return held.accessToken;
    await (held === undefined ? again.promise : renewed(held.refreshToken));
    return get(signal);
  };
  const forget = (token: string): void => {
    if (held?.accessToken === token) held = { ...held, renewAt: 0 };
  };

  return {
    state,
    tokens: { get, forget },
    logIn: async (email, password) => {
      const askedAt = now();
      const { body } = await routes.logIn({ body: { email, password } });
      const account = await routes.getMe(body.accessToken);
      held = heldOf(body, askedAt);
      state.value = { phase: 'in', account };
      again.resolve();
      again = Promise.withResolvers();
    },
    logOut: async () => {
      const refreshToken = held?.refreshToken;
      held = undefined;
      state.value = { phase: 'out' };
      if (refreshToken !== undefined) await routes.logOut({ body: { refreshToken } });
    },
  };
};
