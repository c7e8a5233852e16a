import { AppError, type ErrorCode } from '@contact-sync/domain';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { gatherResources } from './allowed-methods.ts';
import { toAppError, toProblem } from './problem.ts';

declare module 'fastify' {
  interface FastifyReply {
    /** Of the problem that is answered; null where none is, or one of another service's is passed on. */
    problemCode: ErrorCode | null;
  }
}

const DEFAULT_RETRY_AFTER_MS = 1_000;

/** Answers `error` as problem+json with the headers its status asks for (design section 4, "Errors"). */
export const sendProblem = (request: FastifyRequest, reply: FastifyReply, error: AppError): FastifyReply => {
  const problem = toProblem(error, request.id);
  reply.problemCode = error.code;
  if (problem.status === 401 && !reply.hasHeader('www-authenticate')) {
    reply.header('www-authenticate', 'Bearer realm="contact-sync"');
  }
  if (problem.status === 503 || problem.status === 429) {
    const seconds = Math.max(1, Math.ceil((error.retryAfterMs ?? DEFAULT_RETRY_AFTER_MS) / 1_000));
    if (!reply.hasHeader('retry-after')) reply.header('retry-after', String(seconds));
  }
  return reply
    .code(problem.status)
    .header('content-type', 'application/problem+json')
    .header('cache-control', 'no-store')
    .serializer(JSON.stringify)
    .send(problem);
};

const handleError = (thrown: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
  const error = toAppError(thrown);
  if (error.code === 'INTERNAL') request.log.error({ err: thrown }, 'request failed on our side');
  else if (error.retryable || error.internal) request.log.warn({ err: error }, 'request refused for now');
  return sendProblem(request, reply, error);
};

const notAllowed = (): AppError =>
  new AppError('METHOD_NOT_ALLOWED', { message: 'The resource does not take this method.' });

const notFound = (): AppError => new AppError('NOT_FOUND', { message: 'No such resource.' });

/** Every error of an app as problem+json, unknown routes and methods (RFC 9110 section 15.5.6) among them. */
export const errorAnswers = fastifyPlugin(
  async (app: FastifyInstance) => {
    app.decorateReply('problemCode', null);
    const { methodsOf, isTakenForParameter } = gatherResources(app);
    const sendUnknown = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
      const methods = methodsOf(request.url);
      if (methods.length === 0) return sendProblem(request, reply, notFound());
      return sendProblem(request, reply.header('allow', methods.join(', ')), notAllowed());
    };
    app.setErrorHandler<FastifyError>(handleError);
    app.setNotFoundHandler(sendUnknown);
    // The last place before a body is read: whoever may not ask, or asks too often, has been answered.
    app.addHook('preParsing', (request, reply, _payload, done) => {
      const { url } = request.routeOptions;
      if (url !== undefined && isTakenForParameter(request.url, url)) sendUnknown(request, reply);
      else done();
    });
  },
  { name: 'error-answers' },
);
