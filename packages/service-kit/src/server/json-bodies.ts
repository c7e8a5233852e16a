import { AppError, withRightNames } from '@contact-sync/domain';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Whether no member can be called `__proto__` or `constructor`, however it is spelled; hardly any body says either. */
const isHarmless = (body: string): boolean =>
  !body.includes('__proto__') && !body.includes('constructor') && !body.includes('\\u00');

const tryToParse = (body: string): { readonly value: unknown } | undefined => {
  try {
    return { value: JSON.parse(body) as unknown };
  } catch {
    return undefined;
  }
};

/** @throws {AppError} MALFORMED_BODY where it is nested too deeply to look for names. */
const withNames = (body: string, value: unknown): unknown => {
  try {
    return withRightNames(body, value);
  } catch {
    throw new AppError('MALFORMED_BODY', { message: 'The body is nested too deeply.' });
  }
};

/**
 * Has bodies of a content type read as JSON: Fastify's own parser with its refusal of poisoned prototypes, and names with
 * escapes as {@link withRightNames} says.
 */
export const readAsJson = (app: FastifyInstance, contentType: string): void => {
  const secure = app.getDefaultJsonParser('error', 'error');
  const parse = (request: FastifyRequest, body: string): Promise<unknown> =>
    new Promise((resolve, reject) => {
      secure(request, body, (fault, value) => (fault ? reject(fault) : resolve(value)));
    });
  const read = async (request: FastifyRequest, body: string): Promise<unknown> => {
    // Fastify's looks through a body twice more, and says what is wrong with one that is no JSON.
    const plain = isHarmless(body) ? tryToParse(body) : undefined;
    return withNames(body, plain ? plain.value : await parse(request, body));
  };
  app.addContentTypeParser<string>(contentType, { parseAs: 'string' }, read);
};
