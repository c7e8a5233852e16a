import { accessTokens } from './access-tokens.ts';
import type { Credentials } from './credentials.ts';
import { type Follow, follow } from './follow.ts';
import { routeTable, streamTable } from './generated/route-table.ts';
import { type Input, prepare } from './prepare.ts';
import type { RetryOptions } from './retries.ts';
import type { RouteRow } from './route-row.ts';
import type {
  ApiRoutes,
  Call,
  CallOptions,
  ListRouteName,
  RouteName,
  StreamName,
  Walk,
} from './route-types.ts';
import { type Answer, type SendOptions, send } from './send.ts';
import { sendWithToken } from './send-with-token.ts';

export type ClientOptions = {
  /** Of the gateway, without a path: `https://contacts.example.com`. */
  readonly baseUrl: string;
  /** Left out, only public routes answer. */
  readonly credentials?: Credentials;
  readonly retry?: RetryOptions;
  /** Longest wait for one attempt's answer, in milliseconds; 15,000 by default. */
  readonly timeoutMs?: number;
  /** Reads the JSON of answers; `JSON.parse` by default, which rounds numbers that no double holds. */
  readonly parse?: (text: string) => unknown;
  /** Sends the requests; the platform's `fetch` by default. */
  readonly fetch?: typeof fetch;
};

/** A method for each route of the gateway, in `each` a walk for each list, and in `follow` a reader of each stream. */
export type Client = { readonly [Name in RouteName]: Call<ApiRoutes[Name]> } & {
  readonly each: { readonly [Name in ListRouteName]: Walk<ApiRoutes[Name]> };
  readonly follow: { readonly [Name in StreamName]: Follow };
};

const toResult = ({ status, headers, body }: Answer) => ({
  status,
  headers,
  body,
  etag: headers.get('etag') ?? undefined,
  location: headers.get('location') ?? undefined,
});

type AnyCall = (input?: Input, options?: CallOptions) => Promise<ReturnType<typeof toResult>>;

const walkOf = (call: AnyCall) =>
  async function* (input: Input = {}, options?: CallOptions): AsyncGenerator<unknown, void, void> {
    let cursor = input.query?.['cursor'];
    do {
      const { body } = await call({ ...input, query: { ...input.query, cursor } }, options);
      const page = body as { readonly items: readonly unknown[]; readonly nextCursor?: string };
      yield* page.items;
      if (page.nextCursor !== undefined && page.nextCursor === cursor)
        throw new Error('the list goes in a circle: a page names itself as the next');
      cursor = page.nextCursor;
    } while (cursor !== undefined);
  };

/**
 * A client of the gateway's API, typed by the contracts: it logs in and renews its token, makes an Idempotency-Key for
 * each change, tries again what may be repeated, and throws every problem as `ApiProblem` and
 * silence as `NoAnswer`.
 */
export const createClient = (options: ClientOptions): Client => {
  const baseUrl = options.baseUrl.replace(/\/+$/, '');
  const sending: SendOptions = {
    // Browsers refuse their own where it is called as a member of anything else.
    fetch: options.fetch ?? ((...request) => fetch(...request)),
    retry: options.retry ?? {},
    timeoutMs: options.timeoutMs ?? 15_000,
    parse: options.parse ?? ((text) => JSON.parse(text) as unknown),
  };
  const callOf =
    (row: RouteRow): AnyCall =>
    async (input = {}, { signal, headers } = {}) => {
      const prepared = prepare(baseUrl, row, input, headers);
      if (row.public || tokens === undefined) return toResult(await send(prepared, sending, signal));
      return toResult(await sendWithToken(prepared, tokens, sending, signal));
    };
  const rows: readonly [string, RouteRow][] = Object.entries(routeTable);
  const calls = Object.fromEntries(rows.map(([name, row]) => [name, callOf(row)]));
  const each = Object.fromEntries(Object.entries(calls).map(([name, call]) => [name, walkOf(call)]));
  const streams = Object.fromEntries(
    Object.entries<RouteRow>(streamTable).map(([name, row]) => [
      name,
      (signal: AbortSignal) => follow({ url: `${baseUrl}${row.path}`, fetch: sending.fetch, tokens, signal }),
    ]),
  );
  // Every route of the table is one of the contracts, which is what the types are made of.
  const client = { ...calls, each, follow: streams } as object as Client;
  const tokens = options.credentials && accessTokens(options.credentials, client);
  return client;
};
