import { setOwnMember } from '@contact-sync/domain';
import avro, { type Type } from 'avsc';
import type { Readable, Tap } from './avsc-internals.ts';
import { readText } from './strict-text.ts';

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
/** A list whose blocks are not believed beyond the bytes that are there. */
export class BoundedArray extends ArrayType {
  override _read(this: ArrayReader, tap: Tap): unknown[] {
    const items = this.itemsType;
    const values: unknown[] = [];
    for (let size = nextBlock(tap); size > 0; size = nextBlock(tap)) {
      while (size-- > 0) values.push(items._read(tap));
    }
    return values;
  }
}

/** A map whose blocks are not believed beyond the bytes that are there. */
export class BoundedMap extends MapType {
  override _read(this: MapReader, tap: Tap): Record<string, unknown> {
    const items = this.valuesType;
    const values: Record<string, unknown> = {};
    for (let size = nextBlock(tap); size > 0; size = nextBlock(tap)) {
      while (size-- > 0) {
        const key = readText(tap);
        const value = items._read(tap);
        setOwnMember(values, key, value);
      }
    }
    return values;
  }
}
