import type { Answer } from './acme.ts';

/** Somebody who has logged in at the gateway. */
export type User = {
  readonly get: (path: string) => Promise<Answer>;
  readonly post: (path: string, body: unknown) => Promise<Answer>;
  /** A merge patch on the version that `etag` names. */
  readonly patch: (path: string, etag: string, body: unknown) => Promise<Answer>;
  /** Any other request. */
  readonly send: (method: string, path: string, more?: Sent) => Promise<Answer>;
};

type Sent = { readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown };

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
  const send: User['send'] = (method, path, { headers = {}, body } = {}) =>
    call(`${gatewayUrl}${path}`, {
      method,
      headers: { ...(body !== undefined && json), ...authorization, ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  return {
    get: (path) => send('GET', path),
    post: (path, body) => send('POST', path, { body }),
    patch: (path, etag, body) => send('PATCH', path, { headers: { 'if-match': etag }, body }),
    send,
  };
};
