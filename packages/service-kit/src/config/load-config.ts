import { readFileSync } from 'node:fs';
import addFormats from 'ajv-formats';
import { envSchema } from 'env-schema';
import type { Static, TObject } from 'typebox';
import { describeFault, nameOf, type SchemaFault } from './describe-fault.ts';
import { extraRootsFaults } from './extra-roots.ts';
import { formats } from './formats.ts';

/** Every fault of a process's settings at once. Its message names the settings and never holds a value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`The configuration is not usable:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.faults = faults;
  }
}

/** One line of a {@link ConfigError}: the setting, what is wrong with what it gives, and a value that would do. */
export const settingFault = (name: string, reason: string, example: string): string =>
  `${name}: ${reason}, for example ${name}=${example}`;

type Environment = Readonly<Record<string, string | undefined>>;

const readSecretFile = (name: string, path: string, faults: string[]): string | undefined => {
  const example = `for example ${name}_FILE=/run/secrets/${name}`;
  try {
    const text = readFileSync(path, 'utf8').trimEnd();
    if (text === '') faults.push(`${name}_FILE: holds nothing, ${example}`);
    return text;
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unreadable';
    faults.push(`${name}_FILE: cannot be read (${reason}), ${example}`);
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

/** One line a setting: what a second rule says of the same value helps nobody, nor that a file left it empty. */
const describeEach = (
  schema: TObject,
  found: readonly SchemaFault[],
  earlier: readonly string[],
): string[] => {
  const told = new Set(earlier.map((fault) => fault.split('_FILE:')[0]));
  const lines: string[] = [];
  // What a format says is more than that a pattern is not matched.
  const wordier = found.toSorted(
    (one, other) => Number(other.keyword === 'format') - Number(one.keyword === 'format'),
  );
  for (const fault of wordier) {
    if (told.has(nameOf(fault))) continue;
    told.add(nameOf(fault));
    lines.push(describeFault(schema, fault));
  }
  return lines;
};

type Ajv = Parameters<typeof addFormats.default>[0];

// env-schema compiles what it has not met: the same schema with the same Ajv are compiled once.
const readers = new WeakMap<TObject, { readonly schema: TObject; ajv?: Ajv }>();

const readerOf = (schema: TObject) => {
  // env-schema marks its schema closed; ours stays as it is.
  const reader = readers.get(schema) ?? { schema: { ...schema } };
  readers.set(schema, reader);
  return reader;
};

const withFormats = (ajv: Ajv): Ajv => {
  // `separator` stands beside `type: array`, which strict types would warn of.
  ajv.opts.strictTypes = false;
  for (const [name, { validate }] of Object.entries(formats)) ajv.addFormat(name, validate);
  return addFormats.default(ajv);
};

/**
 * Reads a service's settings by its schema (design section 5): coerced, defaults filled in, frozen. `NAME_FILE` may
 * name a file that holds `NAME`. The file of `NODE_EXTRA_CA_CERTS` has to be one.
 *
 * @throws {ConfigError} with every fault at once.
 */
export const loadConfig = <Schema extends TObject>(
  schema: Schema,
  environment: Environment,
): Readonly<Static<Schema>> => {
  const faults = extraRootsFaults(environment);
  const data = gather(Object.keys(schema.properties), environment, faults);
  try {
    const reader = readerOf(schema);
    const config = envSchema<Static<Schema>>({
      schema: reader.schema,
      data,
      env: false,
      ajv: reader.ajv ?? { customOptions: (ajv) => (reader.ajv = withFormats(ajv)) },
    });
    if (faults.length === 0) return Object.freeze(config);
  } catch (error) {
    const found = (error as { errors?: readonly SchemaFault[] }).errors;
    if (!found) throw error;
    faults.push(...describeEach(schema, found, faults));
  }
  throw new ConfigError([...new Set(faults)]);
};
