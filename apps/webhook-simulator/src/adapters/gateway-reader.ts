import type { ServiceTokens } from '@contact-sync/access';
import { AppError, Contact } from '@contact-sync/domain';
import { createHttpClient, type HttpClient, type HttpResponse } from '@contact-sync/service-kit';
import { type Static, type TSchema, Type } from 'typebox';
import { Value } from 'typebox/value';
import type { HistoryLine } from '../domain/oracle/views.ts';
import type { ContactReader } from '../ports.ts';
import { retryAfterOf } from './retry-after.ts';

export type GatewayReaderOptions = {
  readonly gatewayUrl: string;
  /** Tokens for `integration-api`. */
  readonly tokens: Pick<ServiceTokens, 'getToken' | 'invalidate'>;
};

const AcmeAnswer = Type.Object({
  sourceVersion: Type.Integer(),
  deleted: Type.Boolean(),
  record: Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()]),
});

const HistoryAnswer = Type.Object({
  items: Type.Array(
    Type.Object({
      sequence: Type.Integer(),
      sourceVersion: Type.Optional(Type.Integer()),
      outgoingEventId: Type.Optional(Type.String()),
    }),
  ),
  nextCursor: Type.Optional(Type.String()),
});

/** A contact has 100 entries by default; far more would be a cursor that goes in circles. */
const MAX_PAGES = 100;

const unavailable = (status: number, retryAfterMs: number | undefined): AppError =>
  new AppError('DEPENDENCY_UNAVAILABLE', {
    message: 'The public API cannot be read.',
    internal: `the public API answered ${status}`,
    retryable: true,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });

const broken = (internal: string): AppError =>
  new AppError('INTERNAL', { message: 'Something went wrong on our side.', internal });

const passes = (status: number): boolean => status === 401 || status === 429 || status >= 500;

const checked = <Schema extends TSchema>(schema: Schema, response: HttpResponse): Static<Schema> | null => {
  const { status, headers, json } = response;
  if (status === 404) return null;
  if (passes(status)) throw unavailable(status, retryAfterOf(headers, Date.now()));
  if (status !== 200) throw broken(`the public API answered ${status}`);
  if (Value.Check(schema, json)) return json;
  throw broken('the public API answered in another form than its contract says');
};

const createGet = (http: HttpClient, { tokens }: GatewayReaderOptions) => {
  const attempt = async (path: string, token: string) => {
    // The verdict is about what is stored, so no cache may answer.
    const headers = { authorization: `Bearer ${token}`, 'cache-control': 'no-cache' };
    const response = await http.request({ method: 'GET', path, headers });
    if (response.status === 401) tokens.invalidate(token);
    return response;
  };
  return async (path: string): Promise<HttpResponse> => {
    const response = await attempt(path, await tokens.getToken());
    return response.status === 401 ? attempt(path, await tokens.getToken()) : response;
  };
};

/** Reads contacts as any program does: through the gateway, with a token of its own. */
export const createGatewayReader = (
  options: GatewayReaderOptions,
): ContactReader & { readonly close: () => Promise<void> } => {
  const http = createHttpClient({ peer: 'gateway-api', baseUrl: options.gatewayUrl });
  const get = createGet(http, options);
  const pathOf = (id: string) => `/api/v1/contacts/${encodeURIComponent(id)}`;
  const history = async (id: string): Promise<HistoryLine[] | null> => {
    const lines: HistoryLine[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const query = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const answer = checked(HistoryAnswer, await get(`${pathOf(id)}/history?limit=100${query}`));
      if (answer === null) return null;
      lines.push(...answer.items);
      cursor = answer.nextCursor;
      if (cursor === undefined) return lines;
    }
    throw broken('the history of a contact has no end');
  };
  return {
    acme: async (id) => checked(AcmeAnswer, await get(`${pathOf(id)}/acme`)),
    contact: async (id) => checked(Contact, await get(pathOf(id))),
    history,
    close: http.close,
  };
};
