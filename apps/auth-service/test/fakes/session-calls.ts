import type { createTestApp } from './test-app.ts';

type TestApp = Awaited<ReturnType<typeof createTestApp>>['app'];

export type Tokens = { readonly accessToken: string; readonly refreshToken: string };

export const ada = { email: 'ada@example.com', password: 'correct horse' };

/** The calls that a person's client makes, on an app. */
export const sessionCalls = (app: TestApp) => {
  const post = (path: string, payload: object, headers: Record<string, string> = {}) =>
    app.inject({ method: 'POST', url: `/api/v1/auth/${path}`, payload, headers });
  const bearer = ({ accessToken }: Tokens) => ({ authorization: `Bearer ${accessToken}` });
  return {
    post,
    bearer,
    logIn: async (headers: Record<string, string> = {}): Promise<Tokens> =>
      (await post('login', ada, headers)).json(),
    refresh: (tokens: Tokens) => post('refresh', { refreshToken: tokens.refreshToken }),
    logOut: (tokens: Tokens) => post('logout', { refreshToken: tokens.refreshToken }),
    me: async (tokens: Tokens) =>
      (await app.inject({ url: '/api/v1/auth/me', headers: bearer(tokens) })).statusCode,
    sessions: async (tokens: Tokens) =>
      (await app.inject({ url: '/api/v1/auth/sessions', headers: bearer(tokens) })).json().items,
  };
};
