/** Zigzag varints (Kafka protocol, "VARINT") of what a batch holds: lengths, counts and the -1 of an absent value. */
const zigZag = (value: number): number => (value << 1) ^ (value >> 31);

/** How many bytes a varint takes. */
export const sizeOfVarint = (value: number): number => {
  let rest = zigZag(value) >>> 0;
  let bytes = 1;
  while (rest > 0x7f) {
    rest >>>= 7;
    bytes += 1;
  }
  return bytes;
};

/** Writes big-endian numbers, varints, texts and bytes one behind the other into memory whose size is known before. */
export class ByteWriter {
  readonly bytes: Buffer;
  at = 0;

  constructor(size: number) {
    this.bytes = Buffer.allocUnsafeSlow(size);
  }

  int8(value: number): void {
    this.bytes[this.at] = value;
    this.at += 1;
  }

  int16(value: number): void {
    this.at = this.bytes.writeInt16BE(value, this.at);
  }

  int32(value: number): void {
    this.at = this.bytes.writeInt32BE(value, this.at);
  }

  int64(value: bigint): void {
    this.at = this.bytes.writeBigInt64BE(value, this.at);
  }

  varint(value: number): void {
    let rest = zigZag(value) >>> 0;
    while (rest > 0x7f) {
      this.bytes[this.at] = (rest & 0x7f) | 0x80;
      this.at += 1;
      rest >>>= 7;
    }
    this.bytes[this.at] = rest;
    this.at += 1;
  }

  text(value: string, byteLength: number): void {
    // As many bytes as characters: all are below 128.
    this.at += this.bytes.write(value, this.at, byteLength === value.length ? 'latin1' : 'utf8');
  }

  raw(value: Uint8Array): void {
    this.bytes.set(value, this.at);
    this.at += value.length;
  }
}
