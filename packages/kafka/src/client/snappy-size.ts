const xerialMagic = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00]);
const xerialHeaderBytes = 16;

/** The size that a block of Snappy states in front: a varint of at most five bytes. */
const statedSize = (block: Buffer): number => {
  let size = 0;
  for (let index = 0; index < 5; index += 1) {
    const byte = block.readUInt8(index);
    size += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return size;
  }
  throw new Error('Snappy: no size');
};

/** The blocks of bytes that are packed as Java does it, or else the one block that they are. */
const blocksOf = (bytes: Buffer): Buffer[] => {
  if (!bytes.subarray(0, xerialMagic.length).equals(xerialMagic)) return [bytes];
  const blocks: Buffer[] = [];
  for (let at = xerialHeaderBytes; at + 4 <= bytes.length; ) {
    const size = bytes.readUInt32BE(at);
    blocks.push(bytes.subarray(at + 4, at + 4 + size));
    at += 4 + size;
  }
  return blocks;
};

/** Throws an Error where the blocks state more than `maxBytes` in all: room for it would be made before they are read. */
export const assertUnpackable = (bytes: Buffer, maxBytes: number): void => {
  const size = blocksOf(bytes).reduce((sum, block) => sum + statedSize(block), 0);
  if (size > maxBytes) throw new Error(`Snappy: ${size} bytes, more than ${maxBytes}`);
};
