import { randomUUID } from 'node:crypto';
import { ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { AppError } from '@contact-sync/domain';
import type { FastifyBaseLogger, FastifyServerOptions } from 'fastify';
import { toProblem } from './problem.ts';

type ClientErrorHandler = NonNullable<FastifyServerOptions['clientErrorHandler']>;

const faultOf = (code: string | undefined): AppError => {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return new AppError('REQUEST_TIMEOUT', { message: 'The request did not arrive in time.' });
  }
  if (code === 'HPE_HEADER_OVERFLOW') {
    return new AppError('HEADERS_TOO_LARGE', { message: 'The head of the request is larger than allowed.' });
  }
  return new AppError('MALFORMED_REQUEST', { message: 'The request is no HTTP that can be read.' });
};

const textOf = (error: AppError): string => {
  const requestId = randomUUID();
  const problem = toProblem(error, requestId);
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    'content-type: application/problem+json',
    'cache-control: no-store',
    `content-length: ${Buffer.byteLength(body)}`,
    `x-request-id: ${requestId}`,
    'connection: close',
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
};

/** Whether an answer has begun, in whose midst another would be read as part of it. Node keeps it where only Node looks. */
const isAnswering = (socket: Socket): boolean => {
  const answer = '_httpMessage' in socket ? socket._httpMessage : undefined;
  return answer instanceof ServerResponse && answer.headersSent;
};

/**
 * What is no request, or none in time, as problem+json like any other error; then the connection ends. It reaches no route,
 * so no log line and no metric tells of it but at the level `trace`.
 */
export const answerClientErrors =
  (logger: Pick<FastifyBaseLogger, 'trace'>): ClientErrorHandler =>
  (error, socket) => {
    if (error.code === 'ECONNRESET' || socket.destroyed) return;
    logger.trace({ err: error }, 'what came is no request');
    if (socket.writable && !isAnswering(socket)) socket.write(textOf(faultOf(error.code)));
    socket.destroy(error);
  };
