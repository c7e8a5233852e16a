import { createAjv } from '@contact-sync/domain';
import type { FastifySchemaCompiler } from 'fastify';

/**
 * Compiles the schemas of a route. Bodies are judged as they came, without coercion, defaults or removal, so an unknown
 * member of a closed schema is refused and never dropped; query, params and headers are text and therefore coerced.
 */
export const createValidatorCompiler = (): FastifySchemaCompiler<object> => {
  const strict = createAjv({ allErrors: true });
  const coercing = createAjv({ allErrors: true, coerceTypes: 'array', useDefaults: true });
  return ({ schema, httpPart }) => (httpPart === 'body' ? strict : coercing).compile(schema);
};
