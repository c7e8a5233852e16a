import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '@contact-sync/domain';
import type { HttpClient, HttpRequest, HttpResponse } from '@contact-sync/service-kit';
import type {
  AcmeAnswer,
  AcmeApi,
  AcmeListAnswer,
  AcmeListQuery,
  AcmeTrouble,
  AcmeTurns,
} from '../../acme/acme-api.ts';
import type { AcmeObserver, AcmeRouteName } from './acme-metrics.ts';
import { readAcmeAnswer, readAcmePage } from './read-acme-answer.ts';

export type HttpAcmeApiOptions = {
  readonly http: HttpClient;
  readonly apiKey: string;
  readonly turns: AcmeTurns;
  /** Told of every request that was sent, those aside that we gave up ourselves. */
  readonly observe?: AcmeObserver;
};

const path = '/acme/v1/contacts';

/** A request by the name of its route, which tells of no contact. */
type Call = HttpRequest & { readonly route: AcmeRouteName };

const toAll = <Name extends 'GET' | 'POST'>(method: Name, query = '') =>
  ({ method, path: `${path}${query}`, route: `${method} ${path}` }) as const;
const toOne = <Name extends 'GET' | 'PATCH' | 'DELETE'>(method: Name, id: string) =>
  ({ method, path: `${path}/${encodeURIComponent(id)}`, route: `${method} ${path}/{id}` }) as const;

const ifMatch = (version: number) => ({ 'if-match': `"${version}"` });

const queryOf = ({ updatedSince, cursor, limit }: AcmeListQuery): string => {
  const query = new URLSearchParams({ limit: String(limit) });
  if (updatedSince !== undefined) query.set('updated_since', updatedSince);
  if (cursor !== undefined) query.set('cursor', cursor);
  return query.toString();
};

/** AcmeCRM's REST API over HTTP. Our key goes into one header and nowhere else; redirects are not followed. */
export const createHttpAcmeApi = ({ http, apiKey, turns, observe }: HttpAcmeApiOptions): AcmeApi => {
  const untilOurTurn = async (signal: AbortSignal): Promise<AcmeTrouble | undefined> => {
    for (;;) {
      const turn = await turns.take();
      if (turn.taken) return undefined;
      if (turn.told) return { kind: 'limited', retryAfterMs: turn.waitMs };
      await delay(turn.waitMs, undefined, { signal });
    }
  };

  const send = async (request: HttpRequest, signal: AbortSignal): Promise<HttpResponse | AcmeTrouble> => {
    const headers = { ...request.headers, authorization: `Bearer ${apiKey}` };
    try {
      return await http.request({ ...request, headers, signal });
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof AppError)) throw error;
      return { kind: 'unavailable', why: error.internal ?? error.message };
    }
  };

  const ask = async <Answer extends AcmeAnswer | AcmeListAnswer>(
    { route, ...request }: Call,
    signal: AbortSignal,
    read: (response: HttpResponse, now: number) => Answer | AcmeTrouble,
  ): Promise<Answer | AcmeTrouble> => {
    const trouble = await untilOurTurn(signal);
    if (trouble !== undefined) return trouble;
    const sentAt = performance.now();
    const response = await send(request, signal);
    const answer = 'kind' in response ? response : read(response, Date.now());
    observe?.(route, answer.kind, performance.now() - sentAt);
    if (answer.kind === 'limited') await turns.leaveAlone(answer.retryAfterMs);
    return answer;
  };

  const about = (call: Call, signal: AbortSignal) =>
    ask(call, signal, (response, now) => readAcmeAnswer(call.method, response, now));

  return {
    find: (id, signal) => about(toOne('GET', id), signal),
    create: (json, idempotencyKey, signal) =>
      about({ ...toAll('POST'), json, headers: { 'idempotency-key': idempotencyKey } }, signal),
    patch: (id, version, json, signal) =>
      about({ ...toOne('PATCH', id), json, headers: ifMatch(version) }, signal),
    remove: (id, version, signal) => about({ ...toOne('DELETE', id), headers: ifMatch(version) }, signal),
    list: (query, signal) => ask(toAll('GET', `?${queryOf(query)}`), signal, readAcmePage),
  };
};
