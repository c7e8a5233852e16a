import { AppError, withRightNames } from '@contact-sync/domain';
import type { FastifyInstance } from 'fastify';

/**
 * Has bodies of a content type read as JSON: Fastify's own parser with its refusal of poisoned prototypes, and names with
 * escapes as {@link withRightNames} says.
 */
export const readAsJson = (app: FastifyInstance, contentType: string): void => {
  const secure = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser<string>(contentType, { parseAs: 'string' }, (request, body, done) => {
    secure(request, body, (fault, value) => {
      if (fault) return done(fault);
      let named: unknown;
      try {
        named = withRightNames(body, value);
      } catch {
        return done(new AppError('MALFORMED_BODY', { message: 'The body is nested too deeply.' }));
      }
      return done(null, named);
    });
  });
};
