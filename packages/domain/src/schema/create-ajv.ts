import { Ajv, type Options } from 'ajv';
import addFormats from 'ajv-formats';
import { isDateTime } from '../date-time-format.ts';

/** The one validator of schemas in the house: what one service lets pass by a schema, every other does. */
export const createAjv = (options: Options = {}): Ajv => {
  const ajv = new Ajv({ strict: false, ...options });
  addFormats.default(ajv);
  return ajv.addFormat('date-time', { type: 'string', validate: isDateTime });
};
