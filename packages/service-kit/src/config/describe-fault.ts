import type { TObject } from 'typebox';
import { formatOf } from './formats.ts';

/** As Ajv reports it. */
export type SchemaFault = {
  readonly instancePath: string;
  readonly keyword: string;
  readonly message?: string;
  readonly params: Readonly<Record<string, unknown>>;
};

/** What a setting's schema says of it; the keywords that our settings use. */
type Setting = {
  readonly description?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly minimum?: number;
  readonly items?: Setting;
  readonly writeOnly?: boolean;
};

const valueFor = (setting: Setting): unknown =>
  [
    setting.examples?.[0],
    Array.isArray(setting.default) ? setting.default[0] : setting.default,
    setting.enum?.[0],
    formatOf(setting.format)?.example,
    setting.items && valueFor(setting.items),
    setting.minimum,
  ].find((value) => value !== undefined);

/** A line that would do, as it stands in an environment; for a secret the file that is to hold it. */
export const exampleOf = (name: string, schema: object): string => {
  const setting: Setting = schema;
  const value = valueFor(setting);
  if (value !== undefined) return `${name}=${String(value)}`;
  return setting.writeOnly
    ? `${name}_FILE=/run/secrets/${name}`
    : `${name}=${name.endsWith('_FILE') ? '/path/to/file' : 'text'}`;
};

const reasonOf = ({ keyword, message, params }: SchemaFault): string => {
  if (keyword === 'required') return 'is required';
  if (keyword === 'format') return formatOf(params['format'])?.says ?? message ?? 'is not valid';
  const allowed = params['allowedValues'];
  if (keyword === 'enum' && Array.isArray(allowed)) return `must be one of ${allowed.join(', ')}`;
  return message ?? 'is not valid';
};

/** The setting that a fault is about. */
export const nameOf = ({ keyword, instancePath, params }: SchemaFault): string =>
  keyword === 'required' ? String(params['missingProperty']) : (instancePath.split('/')[1] ?? '');

/** One line: the setting, what is wrong, an example that would do, what the setting is for. No value that was given. */
export const describeFault = (schema: TObject, fault: SchemaFault): string => {
  const name = nameOf(fault);
  const setting: Setting = schema.properties[name] ?? {};
  const purpose = setting.description === undefined ? '' : ` (${setting.description})`;
  return `${name}: ${reasonOf(fault)}, for example ${exampleOf(name, setting)}${purpose}`;
};
