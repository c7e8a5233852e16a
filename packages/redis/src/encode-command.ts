/** A part of a command: its name, a key or an argument. */
export type CommandPart = string | number | Buffer;

const chunkBytes = 256 * 1_024;
// '*' or '$', a length of ten digits and two line ends.
const frameBytes = 15;
const shortText = 32;

let chunk = Buffer.allocUnsafeSlow(chunkBytes);
let at = 0;

const put = (byte: number): void => {
  chunk[at] = byte;
  at += 1;
};

const putLineEnd = (): void => {
  put(0x0d);
  put(0x0a);
};

const putNumber = (value: number): void => {
  if (value < 10) put(0x30 + value);
  else at += chunk.write(String(value), at, 'latin1');
};

const putHead = (mark: number, count: number): void => {
  put(mark);
  putNumber(count);
  putLineEnd();
};

/** Leaves all as it was and answers false where a character is not ASCII. */
const putShort = (text: string): boolean => {
  const before = at;
  putHead(0x24, text.length);
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code > 0x7f) {
      at = before;
      return false;
    }
    put(code);
  }
  putLineEnd();
  return true;
};

const putText = (text: string): void => {
  if (text.length < shortText && putShort(text)) return;
  // Counting bytes costs as much as writing them. Nearly every text is ASCII, so its length is taken for that of its
  // bytes, and the few others are written once more.
  const before = at;
  putHead(0x24, text.length);
  let bytes = chunk.write(text, at, 'utf8');
  if (bytes !== text.length) {
    at = before;
    putHead(0x24, bytes);
    bytes = chunk.write(text, at, 'utf8');
  }
  at += bytes;
  putLineEnd();
};

const putBytes = (bytes: Buffer): void => {
  putHead(0x24, bytes.length);
  chunk.set(bytes, at);
  at += bytes.length;
  putLineEnd();
};

/** No code unit takes more than three bytes in UTF-8. */
const atMost = (parts: readonly CommandPart[]): number => {
  let bytes = frameBytes;
  for (const part of parts) {
    bytes += frameBytes;
    if (typeof part === 'string') bytes += part.length * 3;
    else bytes += typeof part === 'number' ? 24 : part.length;
  }
  return bytes;
};

/**
 * A command as RESP has it: an array of bulk strings, texts in UTF-8. The bytes are never written again; many commands
 * share a piece of memory, so whoever keeps one keeps up to 256 KiB.
 */
export const encodeCommand = (parts: readonly CommandPart[]): Buffer => {
  const needed = atMost(parts);
  if (at + needed > chunk.length) {
    chunk = Buffer.allocUnsafeSlow(Math.max(chunkBytes, needed));
    at = 0;
  }
  const start = at;
  putHead(0x2a, parts.length);
  for (const part of parts) {
    if (typeof part === 'object') putBytes(part);
    else putText(String(part));
  }
  return chunk.subarray(start, at);
};
