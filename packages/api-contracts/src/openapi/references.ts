import type { TSchema } from 'typebox';

/** Part of a document; plain JSON. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [member: string]: Json };

/** Writes schemas, and those that have a name as references to it. */
export type SchemaWriter = {
  readonly write: (schema: TSchema) => Json;
  /** Every schema with a name that has been referred to so far, by name. */
  readonly components: () => Readonly<Record<string, Json>>;
};

/** `named` are the schemas that a reader of the document knows by name. */
export const createSchemaWriter = (named: Readonly<Record<string, TSchema>>): SchemaWriter => {
  const names = new Map<unknown, string>(Object.entries(named).map(([name, schema]) => [schema, name]));
  const components = new Map<string, Json>();

  const expand = (value: unknown): Json => {
    if (Array.isArray(value)) return value.map(write);
    if (typeof value !== 'object' || value === null) return value as Json;
    return Object.fromEntries(Object.entries(value).map(([member, inner]) => [member, write(inner)]));
  };

  const write = (value: unknown): Json => {
    const name = names.get(value);
    if (name === undefined) return expand(value);
    if (!components.has(name)) {
      // Before it is expanded: a schema may refer to itself.
      components.set(name, null);
      components.set(name, expand(value));
    }
    return { $ref: `#/components/schemas/${name}` };
  };

  return {
    write,
    components: () => Object.fromEntries([...components].sort(([a], [b]) => a.localeCompare(b))),
  };
};
