import { AppError } from '@contact-sync/domain';
import type { FastifyInstance } from 'fastify';
import fastifyPlugin from 'fastify-plugin';

const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i;
const utf8 = /^utf-?8$/i;

const isUtf8 = (contentType: string | undefined): boolean => {
  const named = contentType === undefined ? null : charset.exec(contentType);
  return named === null || utf8.test(named[1] ?? '');
};

/**
 * Refuses bodies that are compressed or in another charset than UTF-8: 415, with `Accept-Encoding` (RFC 9110 section
 * 15.5.16). Comes after whatever refuses the caller.
 */
export const plainBodies = fastifyPlugin(
  async (app: FastifyInstance) => {
    app.addHook('preParsing', (request, reply, payload, done) => {
      const { 'content-encoding': coding, 'content-type': type } = request.headers;
      if (coding === undefined && isUtf8(type)) return done(null, payload);
      reply.header('accept-encoding', 'identity');
      done(
        new AppError('UNSUPPORTED_MEDIA_TYPE', { message: 'A body must be UTF-8 without a content coding.' }),
      );
    });
  },
  { name: 'plain-bodies' },
);
