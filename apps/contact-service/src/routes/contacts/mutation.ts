import { requirePrincipal } from '@contact-sync/access';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import {
  claimOf,
  type IdempotencyClaim,
  type RequestScope,
  type StoredAnswer,
} from '../../domain/idempotency.ts';
import { etagOfAnswer } from '../../use-cases/plan-edits.ts';
import { sendJson } from './send-json.ts';

const IdempotencyKey = Type.Optional(
  Type.String({
    pattern: '^[\\x21-\\x7e]{1,255}$',
    description: 'A repeat with the same key and body is answered as the first time, for 24 h',
  }),
);

/** Headers of a request that makes something. */
export const CreateHeaders = Type.Object({ 'idempotency-key': IdempotencyKey });

/** Headers of a request that changes what is there. */
export const ChangeHeaders = Type.Object({
  'idempotency-key': IdempotencyKey,
  'if-match': Type.Optional(
    Type.String({ maxLength: 1_024, description: 'ETag of the version that was read' }),
  ),
});

type Headers = { readonly 'idempotency-key'?: string };

/** Who asks, as history names them. */
export const authorOf = (request: FastifyRequest): string => {
  const { kind, id } = requirePrincipal(request);
  return `${kind}:${id}`;
};

/** What makes a repeat of this request one; undefined without an Idempotency-Key. */
export const scopeOf = (request: FastifyRequest, path: string): RequestScope | undefined => {
  const key = (request.headers as Headers)['idempotency-key'];
  return key === undefined ? undefined : { principal: authorOf(request), method: request.method, path, key };
};

/** The claim of a request, to be spread into what it asks for. */
export const claimIn = (request: FastifyRequest, path: string): { readonly claim?: IdempotencyClaim } => {
  const scope = scopeOf(request, path);
  return scope ? { claim: claimOf(scope, request.body) } : {};
};

/** Who wants to change which contact, on what condition. `action` ends the path of the request. */
export const changeIn = (request: FastifyRequest, id: string, action = '') => ({
  id,
  by: authorOf(request),
  ifMatch: request.headers['if-match'],
  ...claimIn(request, `/api/v1/contacts/${id}${action}`),
});

/** Sends an answer as it was made or stored. */
export const sendAnswer = (reply: FastifyReply, answer: StoredAnswer): FastifyReply => {
  const etag = etagOfAnswer(answer);
  if (etag !== undefined) reply.header('etag', etag);
  if (answer.location !== undefined) reply.header('location', answer.location);
  reply.code(answer.status);
  if (answer.body === undefined) return reply.send();
  return sendJson(reply, answer.body);
};
