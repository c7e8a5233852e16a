import { AppError } from '@contact-sync/domain';
import type { FastifyRequest } from 'fastify';

/**
 * The parameters of a form. One without a value counts as left out, one that stands twice is refused (RFC 6749
 * section 3.2).
 */
export const parseForm = async (_request: FastifyRequest, body: string | Buffer): Promise<unknown> => {
  const given = [...new URLSearchParams(body.toString())].filter(([, value]) => value !== '');
  const parameters = new Map(given);
  if (parameters.size < given.length) {
    throw new AppError('MALFORMED_BODY', { message: 'A parameter stands twice.' });
  }
  return Object.fromEntries(parameters);
};
