import { AppError } from '@contact-sync/domain';
import type { FastifyInstance, FastifyRequest } from 'fastify';

const parse = (body: string): unknown => {
  const given = [...new URLSearchParams(body)].filter(([, value]) => value !== '');
  const parameters = new Map(given);
  if (parameters.size < given.length) {
    throw new AppError('MALFORMED_BODY', { message: 'A parameter stands twice.' });
  }
  return Object.fromEntries(parameters);
};

/**
 * Has bodies of a content type read as the parameters of a form. One without a value counts as left out, one that stands
 * twice is refused (RFC 6749 section 3.2).
 */
export const readAsForm = (app: FastifyInstance, contentType: string): void => {
  app.addContentTypeParser(
    contentType,
    { parseAs: 'string' },
    async (_request: FastifyRequest, body: string) => parse(body),
  );
};
