import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Dispatcher } from 'undici';
import type { ClientAddress } from '../limits/client-address.ts';
import { toUpstreamHeaders } from './request-headers.ts';
import { toClientHeaders } from './response-headers.ts';
import type { Upstream } from './upstream.ts';
import { callOf } from './upstream-call.ts';
import { toUpstreamFault } from './upstream-fault.ts';
import { wholeIfShort } from './whole-if-short.ts';

/** A handler that passes a request on as it came, path, query and body unchanged, and its answer back. Sends it once. */
export const forwardTo =
  (upstream: Upstream, addressOf: ClientAddress) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const call = callOf(request);
    try {
      const answer = await upstream.request(
        {
          method: request.method as Dispatcher.HttpMethod,
          path: request.raw.url ?? '/',
          headers: toUpstreamHeaders(request, addressOf(request.raw)),
          body: Buffer.isBuffer(request.body) ? request.body : null,
        },
        call.signal,
      );
      const body = await wholeIfShort(request.method, answer);
      call.answered();
      return reply.code(answer.statusCode).headers(toClientHeaders(answer.headers)).send(body);
    } catch (error) {
      if (call.isAbandoned()) return reply.hijack();
      throw toUpstreamFault(upstream.name, error);
    }
  };
