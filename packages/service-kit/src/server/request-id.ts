import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const accepted = /^[A-Za-z0-9_-]{8,64}$/;

/** The caller's `X-Request-Id` where it is harmless to log, else a new UUID. */
export const requestIdOf = (request: Pick<IncomingMessage, 'headers'>): string => {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && accepted.test(given) ? given : randomUUID();
};
