import type { Answer } from './acme.ts';

/** Somebody who has logged in at the gateway. */
export type User = {
  readonly get: (path: string) => Promise<Answer>;
  readonly post: (path: string, body: unknown) => Promise<Answer>;
  /** A merge patch on the version that `etag` names. */
  readonly patch: (path: string, etag: string, body: unknown) => Promise<Answer>;
};

const call = async (url: string, init: RequestInit): Promise<Answer> => {
  const response = await fetch(url, init);
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) };
};

/** Logs in with a password; rejects where the answer is not 200. */
export const logIn = async (
  gatewayUrl: string,
  credentials: { readonly email: string; readonly password: string },
): Promise<User> => {
  const json = { 'content-type': 'application/json' };
  const login = await call(`${gatewayUrl}/api/v1/auth/login`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify(credentials),
  });
  if (login.status !== 200) throw new Error(`login answered ${login.status}`);
  const { accessToken } = login.body as { accessToken: string };
  const authorization = { authorization: `Bearer ${accessToken}` };
  return {
    get: (path) => call(`${gatewayUrl}${path}`, { headers: authorization }),
    post: (path, body) =>
      call(`${gatewayUrl}${path}`, {
        method: 'POST',
        headers: { ...json, ...authorization },
        body: JSON.stringify(body),
      }),
    patch: (path, etag, body) =>
      call(`${gatewayUrl}${path}`, {
        method: 'PATCH',
        headers: { ...json, ...authorization, 'if-match': etag },
        body: JSON.stringify(body),
      }),
  };
};
