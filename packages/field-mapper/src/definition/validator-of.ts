import { createAjv } from '@contact-sync/domain';
import type { TSchema } from 'typebox';

let ajv: ReturnType<typeof createAjv> | undefined;

/** The house's validator of a schema, compiled once for each; it tells every fault of a value. */
export const validatorOf = (schema: TSchema) => {
  ajv ??= createAjv({ allErrors: true });
  return ajv.compile(schema);
};
