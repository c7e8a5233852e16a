import { readFileSync } from 'node:fs';
import addFormats from 'ajv-formats';
import { envSchema } from 'env-schema';
import type { Static, TObject } from 'typebox';

/** Every fault of a process's settings at once. Its message names the settings and never holds a value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`The configuration is not usable:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.faults = faults;
  }
}

type Environment = Readonly<Record<string, string | undefined>>;
type SchemaFault = {
  instancePath: string;
  keyword: string;
  message?: string;
  params: Record<string, unknown>;
};

const readSecretFile = (name: string, path: string, faults: string[]): string | undefined => {
  try {
    return readFileSync(path, 'utf8').trimEnd();
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unreadable';
    faults.push(`${name}_FILE: cannot be read (${reason})`);
    return undefined;
  }
};

/** Settings as given, with `NAME_FILE` standing for `NAME` and empty values for absent ones. */
const gather = (names: readonly string[], environment: Environment, faults: string[]) => {
  const given: Record<string, string> = {};
  for (const name of names) {
    const direct = environment[name];
    const file = environment[`${name}_FILE`];
    const value = direct || (file ? readSecretFile(name, file, faults) : undefined);
    if (value) given[name] = value;
  }
  return given;
};

const describe = (schema: TObject, fault: SchemaFault): string => {
  const name =
    fault.keyword === 'required'
      ? String(fault.params['missingProperty'])
      : (fault.instancePath.split('/')[1] ?? '');
  const property: { description?: string } | undefined = schema.properties[name];
  const purpose = property?.description;
  const reason = fault.keyword === 'required' ? 'is required' : (fault.message ?? 'is not valid');
  return `${name}: ${reason}${purpose ? ` (${purpose})` : ''}`;
};

/**
 * Reads a service's settings by its schema (design section 5): coerced, defaults filled in, frozen. `NAME_FILE` may
 * name a file that holds `NAME`.
 *
 * @throws {ConfigError} with every fault at once.
 */
export const loadConfig = <Schema extends TObject>(
  schema: Schema,
  environment: Environment,
): Readonly<Static<Schema>> => {
  const faults: string[] = [];
  const data = gather(Object.keys(schema.properties), environment, faults);
  try {
    const config = envSchema<Static<Schema>>({
      // env-schema marks its schema closed; ours stays as it is.
      schema: { ...schema },
      data,
      env: false,
      ajv: {
        customOptions: (ajv) => {
          // `separator` stands beside `type: array`, which strict types would warn of.
          ajv.opts.strictTypes = false;
          return addFormats.default(ajv);
        },
      },
    });
    if (faults.length === 0) return Object.freeze(config);
  } catch (error) {
    const found = (error as { errors?: readonly SchemaFault[] }).errors;
    if (!found) throw error;
    const unreadable = new Set(faults.map((fault) => fault.split('_FILE')[0]));
    faults.push(
      ...found
        .map((fault) => describe(schema, fault))
        .filter((text) => !unreadable.has(text.split(':')[0] ?? '')),
    );
  }
  throw new ConfigError([...new Set(faults)]);
};
