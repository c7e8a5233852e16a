import { type AccessTokens, accessTokens, type Credentials, type Grants } from './access-tokens.ts';
import { ApiProblem } from './api-problem.ts';
import { routeTable } from './generated/route-table.ts';
import { requestUrl } from './request-url.ts';
import type { RetryOptions } from './retries.ts';
import type { RouteRow } from './route-row.ts';
import type { ApiRoutes, Call, CallOptions, ListRouteName, RouteName, Walk } from './route-types.ts';
import { type Answer, type Prepared, type SendOptions, send } from './send.ts';

export type ClientOptions = {
  /** Of the gateway, without a path: `https://contacts.example.com`. */
  readonly baseUrl: string;
  /** Left out, only public routes answer. */
  readonly credentials?: Credentials;
  readonly retry?: RetryOptions;
  /** Longest wait for one attempt's answer, in milliseconds; 15,000 by default. */
  readonly timeoutMs?: number;
  readonly fetch?: typeof fetch;
};

/** A method for each route of the gateway, and in `each` a walk for each list. */
export type Client = { readonly [Name in RouteName]: Call<ApiRoutes[Name]> } & {
  readonly each: { readonly [Name in ListRouteName]: Walk<ApiRoutes[Name]> };
};

type Input = {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly ifMatch?: string;
  readonly ifNoneMatch?: string;
  readonly idempotencyKey?: string;
};

const bodyOf = (
  { form }: RouteRow,
  body: unknown,
): { readonly type: string; readonly text: string } | undefined => {
  if (body === undefined) return undefined;
  if (form) {
    const text = new URLSearchParams(body as Record<string, string>).toString();
    return { type: 'application/x-www-form-urlencoded', text };
  }
  return { type: 'application/json', text: JSON.stringify(body) };
};

const prepare = (baseUrl: string, row: RouteRow, input: Input): Prepared => {
  const body = bodyOf(row, input.body);
  const { ifMatch, ifNoneMatch, idempotencyKey } = input;
  return {
    row,
    url: `${baseUrl}${requestUrl(row.path, input.params, input.query)}`,
    headers: {
      accept: 'application/json',
      ...(body && { 'content-type': body.type }),
      ...(ifMatch !== undefined && { 'if-match': ifMatch }),
      ...(ifNoneMatch !== undefined && { 'if-none-match': ifNoneMatch }),
      ...(row.idempotencyKey && { 'idempotency-key': idempotencyKey ?? crypto.randomUUID() }),
    },
    body: body?.text,
  };
};

const toResult = ({ status, headers, body }: Answer) => ({
  status,
  headers,
  body,
  etag: headers.get('etag') ?? undefined,
  location: headers.get('location') ?? undefined,
});

type AnyCall = (input?: Input, options?: CallOptions) => Promise<ReturnType<typeof toResult>>;

/** Sends with a token; one that is refused is renewed once. */
const sendWithToken = async (
  prepared: Prepared,
  tokens: AccessTokens,
  options: SendOptions,
  signal?: AbortSignal,
): Promise<Answer> => {
  const withToken = (token: string): Prepared => ({
    ...prepared,
    headers: { ...prepared.headers, authorization: `Bearer ${token}` },
  });
  const token = await tokens.get();
  try {
    return await send(withToken(token), options, signal);
  } catch (error) {
    if (!(error instanceof ApiProblem && error.status === 401)) throw error;
    tokens.forget(token);
    return send(withToken(await tokens.get()), options, signal);
  }
};

const walkOf = (call: AnyCall) =>
  async function* (input: Input = {}, options?: CallOptions): AsyncGenerator<unknown, void, void> {
    let cursor = input.query?.['cursor'];
    do {
      const { body } = await call({ ...input, query: { ...input.query, cursor } }, options);
      const page = body as { readonly items: readonly unknown[]; readonly nextCursor?: string };
      yield* page.items;
      cursor = page.nextCursor;
    } while (cursor !== undefined);
  };

type Calls = Readonly<Record<string, AnyCall>>;

const grantsOf = (calls: Calls): Grants => ({
  logIn: async (credentials) => {
    const body = (await calls['logIn']?.({ body: credentials }))?.body;
    const { accessToken, expiresIn } = body as { accessToken: string; expiresIn: number };
    return { token: accessToken, expiresIn };
  },
  requestToken: async (form) => {
    const body = (await calls['requestToken']?.({ body: form }))?.body;
    const { access_token: token, expires_in: expiresIn } = body as {
      access_token: string;
      expires_in: number;
    };
    return { token, expiresIn };
  },
});

/**
 * A client of the gateway's API, typed by the contracts: it logs in and renews its token, makes an Idempotency-Key for
 * each change, tries again what may be repeated, and throws every problem as {@link ApiProblem}.
 */
export const createClient = (options: ClientOptions): Client => {
  const baseUrl = options.baseUrl.replace(/\/+$/, '');
  const sending: SendOptions = {
    fetch: options.fetch ?? fetch,
    retry: options.retry ?? {},
    timeoutMs: options.timeoutMs ?? 15_000,
  };
  const callOf =
    (row: RouteRow): AnyCall =>
    async (input = {}, { signal } = {}) => {
      const prepared = prepare(baseUrl, row, input);
      if (row.public || tokens === undefined) return toResult(await send(prepared, sending, signal));
      return toResult(await sendWithToken(prepared, tokens, sending, signal));
    };
  const rows: readonly [string, RouteRow][] = Object.entries(routeTable);
  const calls: Calls = Object.fromEntries(rows.map(([name, row]) => [name, callOf(row)]));
  const tokens = options.credentials && accessTokens(options.credentials, grantsOf(calls));
  const each = Object.fromEntries(Object.entries(calls).map(([name, call]) => [name, walkOf(call)]));
  // Every route of the table is one of the contracts, which is what the types are made of.
  return { ...calls, each } as object as Client;
};
