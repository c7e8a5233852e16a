import { AppError, withRightNames } from '@contact-sync/domain';
import type { FastifyInstance } from 'fastify';

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

/**
 * Has bodies of a content type read as JSON: Fastify's own parser with its refusal of poisoned prototypes, and names with
 * escapes as {@link withRightNames} says.
 */
export const readAsJson = (app: FastifyInstance, contentType: string): void => {
  const secure = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser<string>(contentType, { parseAs: 'string' }, (request, body, done) => {
    const name = (value: unknown): void => {
      let named: unknown;
      try {
        named = withRightNames(body, value);
      } catch {
        done(new AppError('MALFORMED_BODY', { message: 'The body is nested too deeply.' }));
        return;
      }
      done(null, named);
    };
    // Fastify's looks through a body twice more, and says what is wrong with one that is no JSON.
    const plain = isHarmless(body) ? tryToParse(body) : undefined;
    if (plain) name(plain.value);
    else secure(request, body, (fault, value) => (fault ? done(fault) : name(value)));
  });
};
