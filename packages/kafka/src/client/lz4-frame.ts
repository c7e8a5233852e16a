const magic = 0x184d2204;
const minMatch = 4;
const uncompressed = 0x8000_0000;

/** A length of 15 in the token goes on in the bytes behind it, each 255 but the last. */
const readLength = (source: Buffer, from: number, length: number): { length: number; at: number } => {
  if (length < 15) return { length, at: from };
  let total = length;
  for (let at = from; at < source.length; at += 1) {
    const byte = source.readUInt8(at);
    total += byte;
    if (byte !== 255) return { length: total, at: at + 1 };
  }
  throw new Error('LZ4: a length is cut');
};

/** What has been unpacked so far: blocks may refer to what those before them held. */
class Output {
  readonly #maxBytes: number;
  #bytes: Buffer;
  #at = 0;

  constructor(maxBytes: number, expected: number) {
    this.#maxBytes = maxBytes;
    this.#bytes = Buffer.allocUnsafe(Math.min(maxBytes, expected));
  }

  #reserve(count: number): void {
    const needed = this.#at + count;
    if (needed > this.#maxBytes) throw new Error(`LZ4: more than ${this.#maxBytes} bytes`);
    if (needed <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.min(this.#maxBytes, 2 * needed));
    this.#bytes.copy(larger, 0, 0, this.#at);
    this.#bytes = larger;
  }

  append(bytes: Buffer): void {
    this.#reserve(bytes.length);
    bytes.copy(this.#bytes, this.#at);
    this.#at += bytes.length;
  }

  /** Repeats `length` bytes from `distance` bytes ago, which may run into what it writes. */
  repeat(distance: number, length: number): void {
    if (distance === 0 || distance > this.#at) throw new Error('LZ4: a match before the beginning');
    this.#reserve(length);
    for (let left = length; left > 0; ) {
      const step = Math.min(left, distance);
      this.#bytes.copyWithin(this.#at, this.#at - distance, this.#at - distance + step);
      this.#at += step;
      left -= step;
    }
  }

  result(): Buffer {
    return this.#bytes.subarray(0, this.#at);
  }
}

const take = (source: Buffer, at: number, length: number): Buffer => {
  if (at + length > source.length) throw new Error('LZ4: cut');
  return source.subarray(at, at + length);
};

const unpackBlock = (block: Buffer, output: Output): void => {
  let at = 0;
  while (at < block.length) {
    const token = block.readUInt8(at);
    const literals = readLength(block, at + 1, token >> 4);
    output.append(take(block, literals.at, literals.length));
    at = literals.at + literals.length;
    if (at === block.length) return;
    const distance = block.readUInt16LE(at);
    const match = readLength(block, at + 2, token & 15);
    output.repeat(distance, match.length + minMatch);
    at = match.at;
  }
};

/** Magic number, flags and block size, the content's size and a dictionary's id where the flags say so, a checksum. */
const headerBytes = (frame: Buffer): { readonly length: number; readonly hasBlockChecksums: boolean } => {
  if (frame.readUInt32LE(0) !== magic) throw new Error('LZ4: no frame');
  const flags = frame.readUInt8(4);
  if (flags >> 6 !== 1) throw new Error('LZ4: a frame of another version');
  return {
    length: 7 + (flags & 0b1000 ? 8 : 0) + (flags & 0b1 ? 4 : 0),
    hasBlockChecksums: (flags & 0b1_0000) !== 0,
  };
};

/**
 * The content of an LZ4 frame (format 1.6.x), which is how Kafka packs batches. Checksums are left unread: a batch has its
 * own. Throws an Error where it is no frame, is damaged, or holds more than `maxBytes`.
 */
export const unpackLz4Frame = (frame: Buffer, maxBytes: number): Buffer => {
  const { length, hasBlockChecksums } = headerBytes(frame);
  const output = new Output(maxBytes, 4 * frame.length);
  for (let at = length; ; ) {
    const size = frame.readUInt32LE(at);
    if (size === 0) return output.result();
    const block = take(frame, at + 4, size & ~uncompressed);
    if (size >= uncompressed) output.append(block);
    else unpackBlock(block, output);
    at += 4 + block.length + (hasBlockChecksums ? 4 : 0);
  }
};
