import type { Type } from 'avsc';
import { frameBytes, writeFrame } from './wire-format.ts';

/**
 * A stretch of memory that records are encoded into one behind the other, so that an encoding allocates nothing. A
 * full slab is left to its records and a new one begun.
 */
export const createSlab = (slabBytes = 64 * 1024) => {
  let slab = Buffer.allocUnsafeSlow(slabBytes);
  let offset = 0;

  return {
    /** The framed bytes of one record; they share the slab's memory and are never written again. Throws as avsc does. */
    encode(type: Type, schemaId: number, record: unknown): Buffer {
      let end = type.encode(record, slab, offset + frameBytes);
      if (end < 0) {
        const needed = slab.length - end - offset;
        slab = Buffer.allocUnsafeSlow(Math.max(slabBytes, needed));
        offset = 0;
        end = type.encode(record, slab, frameBytes);
      }
      writeFrame(slab, offset, schemaId);
      const bytes = slab.subarray(offset, end);
      offset = end;
      return bytes;
    },
  };
};
