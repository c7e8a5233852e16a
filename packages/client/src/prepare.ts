import { requestUrl } from './request-url.ts';
import type { RouteRow } from './route-row.ts';

/** What a call of any route may be given. */
export type Input = {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly ifMatch?: string;
  readonly ifNoneMatch?: string;
  readonly idempotencyKey?: string;
};

/** One request, ready to be sent as often as it takes. */
export type Prepared = {
  readonly row: RouteRow;
  readonly url: string;
  /** By names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
};

type Body = { readonly type: string; readonly text: string };

const bodyOf = ({ form }: RouteRow, body: unknown): Body | undefined => {
  if (body === undefined) return undefined;
  if (form) {
    const text = new URLSearchParams(body as Record<string, string>).toString();
    return { type: 'application/x-www-form-urlencoded', text };
  }
  return { type: 'application/json', text: JSON.stringify(body) };
};

const inLowerCase = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

/**
 * The request of a call: its URL, its body and its headers. `more` are headers of the caller; those that the route or the
 * input make win over them.
 */
export const prepare = (
  baseUrl: string,
  row: RouteRow,
  input: Input,
  more: Readonly<Record<string, string>> = {},
): Prepared => {
  const body = bodyOf(row, input.body);
  const { ifMatch, ifNoneMatch, idempotencyKey } = input;
  return {
    row,
    url: `${baseUrl}${requestUrl(row.path, input.params, input.query)}`,
    headers: {
      accept: 'application/json',
      ...inLowerCase(more),
      ...(body && { 'content-type': body.type }),
      ...(ifMatch !== undefined && { 'if-match': ifMatch }),
      ...(ifNoneMatch !== undefined && { 'if-none-match': ifNoneMatch }),
      ...(row.idempotencyKey && { 'idempotency-key': idempotencyKey ?? crypto.randomUUID() }),
    },
    body: body?.text,
  };
};
