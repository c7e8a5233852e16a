import { Ajv, type Options, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { TSchema } from 'typebox';
import { isDateTime } from '../date-time-format.ts';

/**
 * The one validator of schemas in the house: what one service lets pass by a schema, every other does. Schemas are written
 * with TypeBox and not judged themselves: to compile the schema of schemas takes some 20 ms in each validator.
 */
export const createAjv = (options: Options = {}): Ajv => {
  const ajv = new Ajv({ strict: false, strictNumbers: true, validateSchema: false, ...options });
  addFormats.default(ajv);
  return ajv.addFormat('date-time', { type: 'string', validate: isDateTime });
};

/** Which faults of a value a validator tells. */
export type Tells = 'first' | 'every';

const shared: { [which in Tells]?: Ajv } = {};

/**
 * Validates by a schema that is there as long as the process, which is compiled once, and tells the first fault of a value
 * or every one.
 */
export const validatorOf = (schema: TSchema, tells: Tells): ValidateFunction => {
  shared[tells] ??= createAjv({ allErrors: tells === 'every' });
  return shared[tells].compile(schema);
};
