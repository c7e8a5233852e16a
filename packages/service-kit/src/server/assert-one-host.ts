import { AppError } from '@contact-sync/domain';
import type { onRequestHookHandler } from 'fastify';

const HOST = 'host';

const countHosts = (rawHeaders: readonly string[]): number => {
  let hosts = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (name?.length === HOST.length && name.toLowerCase() === HOST) hosts += 1;
  }
  return hosts;
};

/**
 * A hook that lets no request through that two readers could take for requests to different hosts: without a `Host`, where
 * HTTP/1.1 asks for one, or with several (RFC 9112 section 3.2); nor one of HTTP/0.9, which has no headers. Node would answer
 * the first without a body and take the others.
 */
export const assertOneHost: onRequestHookHandler = ({ raw }, _reply, done) => {
  const hosts = countHosts(raw.rawHeaders);
  const isWell = raw.httpVersion === '1.1' ? hosts === 1 : raw.httpVersion === '1.0' && hosts <= 1;
  done(
    isWell ? undefined : new AppError('MALFORMED_REQUEST', { message: 'The request must name one host.' }),
  );
};
