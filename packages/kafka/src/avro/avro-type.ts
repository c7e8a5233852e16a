import avro, { type Schema, type Type } from 'avsc';
import { BoundedArray, BoundedMap } from './bounded-containers.ts';
import { ExactLong } from './exact-long.ts';
import { StrictText } from './strict-text.ts';

/** Called by avsc for each part of a schema; undefined leaves the part to avsc. */
const ownType = (part: unknown, options: object): Type | undefined => {
  const type = typeof part === 'string' ? part : (part as { type?: unknown }).type;
  if (type === 'array') return new BoundedArray(part, options);
  if (type === 'map') return new BoundedMap(part, options);
  if (type === 'long') return new ExactLong();
  if (type === 'string') return new StrictText();
  return undefined;
};

/**
 * avsc's type of a schema, with plain values in unions, and safe to feed with any bytes: avsc's own readers believe
 * the length that a block states, so a few flipped bits would keep a process busy, and growing, for minutes. Throws
 * when the schema is none.
 */
export const avroType = (schema: object): Type =>
  avro.Type.forSchema(schema as Schema, { wrapUnions: 'never', typeHook: ownType });
