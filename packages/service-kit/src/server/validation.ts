import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import type { FastifySchemaCompiler } from 'fastify';

const formats = (ajv: Ajv): Ajv => {
  addFormats.default(ajv);
  return ajv;
};

/**
 * Compiles the schemas of a route. Bodies are judged as they came, without coercion, defaults or removal, so an unknown
 * member of a closed schema is refused and never dropped; query, params and headers are text and therefore coerced.
 */
export const createValidatorCompiler = (): FastifySchemaCompiler<object> => {
  const strict = formats(new Ajv({ allErrors: true, strict: false }));
  const coercing = formats(
    new Ajv({ allErrors: true, strict: false, coerceTypes: 'array', useDefaults: true }),
  );
  return ({ schema, httpPart }) => (httpPart === 'body' ? strict : coercing).compile(schema);
};
