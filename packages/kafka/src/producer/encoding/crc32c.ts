/** Reversed polynomial of CRC-32C (RFC 3720 appendix B.4). */
const polynomial = 0x82f63b78;

/** `tables[n][byte]`: what a byte does to the checksum when n further bytes follow it. */
const tables: readonly Int32Array[] = (() => {
  const made = Array.from({ length: 4 }, () => new Int32Array(256));
  const [first = new Int32Array(256), ...others] = made;
  for (let byte = 0; byte < 256; byte += 1) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ polynomial : crc >>> 1;
    first[byte] = crc;
  }
  others.forEach((table, index) => {
    const before = made[index] as Int32Array;
    for (let byte = 0; byte < 256; byte += 1) {
      const crc = before[byte] as number;
      table[byte] = (crc >>> 8) ^ (first[crc & 0xff] as number);
    }
  });
  return made;
})();

const [one, two, three, four] = tables as readonly [Int32Array, Int32Array, Int32Array, Int32Array];

/** CRC-32C of the bytes from `start` to `end`, unsigned; four bytes a step. */
export const crc32c = (bytes: Uint8Array, start: number, end: number): number => {
  let crc = -1;
  let at = start;
  for (; at + 4 <= end; at += 4) {
    const word =
      crc ^
      ((bytes[at] as number) |
        ((bytes[at + 1] as number) << 8) |
        ((bytes[at + 2] as number) << 16) |
        ((bytes[at + 3] as number) << 24));
    crc =
      (four[word & 0xff] as number) ^
      (three[(word >>> 8) & 0xff] as number) ^
      (two[(word >>> 16) & 0xff] as number) ^
      (one[word >>> 24] as number);
  }
  for (; at < end; at += 1) crc = (crc >>> 8) ^ (one[(crc ^ (bytes[at] as number)) & 0xff] as number);
  return (crc ^ -1) >>> 0;
};
