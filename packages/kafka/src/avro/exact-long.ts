import avro, { type Type } from 'avsc';
import type { Tap } from './avsc-internals.ts';

type LongType = Type & {
  _check(value: unknown, flags: unknown, hook?: (value: unknown, type: Type) => void): boolean;
  _read(tap: Tap): number;
  _write(tap: Tap, value: unknown): void;
};
const { LongType } = avro.types as unknown as { LongType: new () => LongType };

// avsc works in doubles, which do not hold the zigzag form of a negative number below this.
const minExact = -(2 ** 52);

const isExact = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) >= minExact;

/** A long that also takes Number.MAX_SAFE_INTEGER, which domain allows as a version; avsc's own stops one below. */
export class ExactLong extends LongType {
  override _check(value: unknown, _flags: unknown, hook?: (value: unknown, type: Type) => void): boolean {
    if (isExact(value)) return true;
    hook?.(value, this);
    return false;
  }

  override _read(tap: Tap): number {
    const value = tap.readLong();
    if (isExact(value)) return value;
    throw new RangeError('a long beyond the safe integers');
  }

  override _write(tap: Tap, value: unknown): void {
    if (!isExact(value)) throw new RangeError('no safe integer');
    tap.writeLong(value);
  }
}
