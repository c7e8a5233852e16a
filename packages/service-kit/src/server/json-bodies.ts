import { AppError, type JsonBounds, limits, readSoundJson } from '@contact-sync/domain';
import type { FastifyInstance, FastifyRequest } from 'fastify';

const parse = (request: FastifyRequest, body: Buffer, numbers: Required<JsonBounds>['numbers']): unknown => {
  if (body.length > 0) return readSoundJson(body, { maxDepth: limits.bodyDepth, numbers });
  // Many clients name the type of a body that they do not send.
  if (request.routeOptions.schema?.body === undefined) return undefined;
  throw new AppError('MALFORMED_BODY', { message: 'The body is empty.' });
};

/**
 * Has bodies of a content type read as {@link readSoundJson} says, numbers by value unless told otherwise. An empty body is
 * none where the route asks for none.
 */
export const readAsJson = (
  app: FastifyInstance,
  contentType: string,
  { numbers = 'by value' }: Pick<JsonBounds, 'numbers'> = {},
): void => {
  app.addContentTypeParser<Buffer>(
    contentType,
    { parseAs: 'buffer' },
    async (request: FastifyRequest, body: Buffer) => parse(request, body, numbers),
  );
};
