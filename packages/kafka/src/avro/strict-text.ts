import { isUtf8 } from 'node:buffer';
import avro, { type Type } from 'avsc';
import type { Readable, Tap, Writable } from './avsc-internals.ts';

/** What a decoder puts for bytes that are no UTF-8; a text may also hold it rightly. */
const replacement = '\uFFFD';

/** Reads a text, and throws where avsc would repair bytes that are no UTF-8 in silence. */
export const readText = (tap: Tap): string => {
  const length = tap.readLong();
  const from = tap.pos;
  if (length < 0 || length > tap.buf.length - from) {
    // avsc takes a position behind the end as "truncated".
    tap.pos = tap.buf.length + 1;
    return '';
  }
  tap.pos = from + length;
  const text = tap.buf.toString('utf8', from, tap.pos);
  if (text.includes(replacement) && !isUtf8(tap.buf.subarray(from, tap.pos))) {
    throw new RangeError('a text is no UTF-8');
  }
  return text;
};

/** Up to this length the varint before a text is one byte, and copying by character is the quickest. */
const short = 64;

/** Writes a short ASCII text; false, and nothing is written, where it is none or does not fit. */
const writeShort = (tap: Tap, text: string): boolean => {
  const { buf } = tap;
  const { length } = text;
  if (length >= short || tap.pos + length >= buf.length) return false;
  const from = tap.pos + 1;
  for (let index = 0; index < length; index += 1) {
    const code = text.charCodeAt(index);
    if (code > 0x7f) return false;
    buf[from + index] = code;
  }
  buf[tap.pos] = length << 1;
  tap.pos = from + length;
  return true;
};

const { StringType } = avro.types as unknown as { StringType: new () => Type & Readable & Writable };

/** A string read by {@link readText}. Most texts of a record are short and ASCII, and written at half of avsc's cost. */
export class StrictText extends StringType {
  override _read(tap: Tap): string {
    return readText(tap);
  }

  override _write(tap: Tap, value: unknown): void {
    if (typeof value !== 'string' || !writeShort(tap, value)) super._write(tap, value);
  }
}
