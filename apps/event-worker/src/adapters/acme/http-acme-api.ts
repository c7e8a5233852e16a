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
import { readAcmeAnswer, readAcmePage } from './read-acme-answer.ts';

export type HttpAcmeApiOptions = {
  readonly http: HttpClient;
  readonly apiKey: string;
  readonly turns: AcmeTurns;
};

const path = '/acme/v1/contacts';
const pathOf = (id: string): string => `${path}/${encodeURIComponent(id)}`;

const ifMatch = (version: number) => ({ 'if-match': `"${version}"` });

const queryOf = ({ updatedSince, cursor, limit }: AcmeListQuery): string => {
  const query = new URLSearchParams({ limit: String(limit) });
  if (updatedSince !== undefined) query.set('updated_since', updatedSince);
  if (cursor !== undefined) query.set('cursor', cursor);
  return query.toString();
};

/** AcmeCRM's REST API over HTTP. Our key goes into one header and nowhere else; redirects are not followed. */
export const createHttpAcmeApi = ({ http, apiKey, turns }: HttpAcmeApiOptions): AcmeApi => {
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
    request: HttpRequest,
    signal: AbortSignal,
    read: (response: HttpResponse, now: number) => Answer | AcmeTrouble,
  ): Promise<Answer | AcmeTrouble> => {
    const trouble = await untilOurTurn(signal);
    if (trouble !== undefined) return trouble;
    const response = await send(request, signal);
    const answer = 'kind' in response ? response : read(response, Date.now());
    if (answer.kind === 'limited') await turns.leaveAlone(answer.retryAfterMs);
    return answer;
  };

  const about = (request: HttpRequest, signal: AbortSignal) =>
    ask(request, signal, (response, now) => readAcmeAnswer(request.method, response, now));

  return {
    find: (id, signal) => about({ method: 'GET', path: pathOf(id) }, signal),
    create: (json, idempotencyKey, signal) =>
      about({ method: 'POST', path, json, headers: { 'idempotency-key': idempotencyKey } }, signal),
    patch: (id, version, json, signal) =>
      about({ method: 'PATCH', path: pathOf(id), json, headers: ifMatch(version) }, signal),
    remove: (id, version, signal) =>
      about({ method: 'DELETE', path: pathOf(id), headers: ifMatch(version) }, signal),
    list: (query, signal) => ask({ method: 'GET', path: `${path}?${queryOf(query)}` }, signal, readAcmePage),
  };
};
