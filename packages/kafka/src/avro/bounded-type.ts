import avro, { type Schema, type Type } from 'avsc';

// The part of avsc's internals that the two readers below rest on; a test fails when an update changes it.
type Tap = {
  readonly buf: Buffer;
  pos: number;
  readLong(): number;
  skipLong(): void;
  readString(): string;
};
type Readable = { _read(tap: Tap): unknown };
type ArrayReader = Type & Readable & { readonly itemsType: Readable };
type MapReader = Type & Readable & { readonly valuesType: Readable };

/** The size of the next block, or 0 at the end. A size that the rest of the bytes cannot hold ends the reading. */
const nextBlock = (tap: Tap): number => {
  let size = tap.readLong();
  if (size < 0) {
    size = -size;
    tap.skipLong();
  }
  if (size <= tap.buf.length - tap.pos) return size;
  // avsc takes a position behind the end as "truncated".
  tap.pos = tap.buf.length + 1;
  return 0;
};

type Constructor<Reader> = new (schema: unknown, options: object) => Reader;
const { ArrayType, MapType } = avro.types as unknown as {
  ArrayType: Constructor<ArrayReader>;
  MapType: Constructor<MapReader>;
};

// In both `this` is the type, or, where the writer's schema differs, a resolver with the same members.
class BoundedArray extends ArrayType {
  override _read(this: ArrayReader, tap: Tap): unknown[] {
    const items = this.itemsType;
    const values: unknown[] = [];
    for (let size = nextBlock(tap); size > 0; size = nextBlock(tap)) {
      while (size-- > 0) values.push(items._read(tap));
    }
    return values;
  }
}

class BoundedMap extends MapType {
  override _read(this: MapReader, tap: Tap): Record<string, unknown> {
    const items = this.valuesType;
    const values: Record<string, unknown> = {};
    for (let size = nextBlock(tap); size > 0; size = nextBlock(tap)) {
      while (size-- > 0) {
        const key = tap.readString();
        const value = items._read(tap);
        // Assigning to __proto__ would drop the entry or change the object's nature.
        if (key !== '__proto__') values[key] = value;
        else
          Object.defineProperty(values, key, { value, enumerable: true, configurable: true, writable: true });
      }
    }
    return values;
  }
}

/** Called by avsc for each part of a schema; undefined leaves the part to avsc. */
const containerType = (part: unknown, options: object): Type | undefined => {
  const { type } = part as { type?: unknown };
  if (type === 'array') return new BoundedArray(part, options);
  if (type === 'map') return new BoundedMap(part, options);
  return undefined;
};

/**
 * avsc's type of a schema, with plain values in unions, and safe to feed with any bytes: avsc's own readers believe
 * the length that a block states, so a few flipped bits would keep a process busy, and growing, for minutes.
 */
export const boundedType = (schema: object): Type =>
  avro.Type.forSchema(schema as Schema, { wrapUnions: 'never', typeHook: containerType });
