import { LaunchError, reasonOf } from '../launch-error.ts';

const TIMEOUT_MS = 10_000;

/** The public API as a person who has logged in uses it. */
export interface Api {
  /** Null where the answer is 404. */
  get<T>(path: string): Promise<T | null>;
  post<T>(path: string, body: unknown): Promise<T>;
}

/** Logs in at the gateway. Rejects with words for the user where that or a later call does not work. */
export async function logIn(gatewayUrl: string, admin: { email: string; password: string }): Promise<Api> {
  const anonymous = createApi(gatewayUrl, {});
  const { accessToken } = await anonymous.post<{ accessToken: string }>('/api/v1/auth/login', admin);
  return createApi(gatewayUrl, { authorization: `Bearer ${accessToken}` });
}

function createApi(gatewayUrl: string, credentials: Record<string, string>): Api {
  const call = async (path: string, init: RequestInit) => {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const headers = { 'content-type': 'application/json', ...credentials };
    const response = await fetch(`${gatewayUrl}${path}`, { ...init, headers, signal }).catch(
      (cause: unknown) => {
        throw new LaunchError(`${init.method} ${path} failed: ${reasonOf(cause)}`, { cause });
      },
    );
    if (response.ok || response.status === 404) return response;
    throw new LaunchError(`${init.method} ${path} answered ${response.status}: ${await response.text()}`);
  };
  return {
    async get<T>(path: string) {
      const response = await call(path, { method: 'GET' });
      return response.ok ? ((await response.json()) as T) : null;
    },
    async post<T>(path: string, body: unknown) {
      const response = await call(path, { method: 'POST', body: JSON.stringify(body) });
      if (response.ok) return (await response.json()) as T;
      throw new LaunchError(`POST ${path} answered 404`);
    },
  };
}
