/** avsc's cursor over bytes. Not public there: the tests of the types that rest on it fail when an update changes it. */
export type Tap = {
  buf: Buffer;
  pos: number;
  readLong(): number;
  writeLong(value: number): void;
  skipLong(): void;
};

/** What avsc's types do inside with bytes. */
export type Readable = { _read(tap: Tap): unknown };
export type Writable = { _write(tap: Tap, value: unknown): void };
