import { isUtf8 } from 'node:buffer';
import avro, { type Type } from 'avsc';
import type { Readable, Tap } from './avsc-internals.ts';

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

const { StringType } = avro.types as unknown as { StringType: new () => Type & Readable };

/** A string by {@link readText}. */
export class StrictText extends StringType {
  override _read(tap: Tap): string {
    return readText(tap);
  }
}
