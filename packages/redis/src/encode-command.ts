/** A part of a command: its name, a key or an argument; or several, as a list or spelled already. */
export type CommandPart = string | number | Buffer | PreparedParts | readonly string[];

const chunkBytes = 1_024 * 1_024;
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

/** Parts that many commands share, spelled once. */
export class PreparedParts {
  readonly count: number;
  readonly bytes: Buffer;

  constructor(parts: readonly string[]) {
    this.count = parts.length;
    const spelled = parts.map((part) => `$${Buffer.byteLength(part)}\r\n${part}\r\n`);
    this.bytes = Buffer.from(spelled.join(''));
  }
}

/** No code unit takes more than three bytes in UTF-8. */
const atMostFor = (text: string): number => frameBytes + text.length * 3;

const numberBytes = 24;

/** How many bulk strings the parts come to, and a bound of their bytes. */
const sizeOf = (parts: readonly CommandPart[]): { readonly count: number; readonly bytes: number } => {
  let count = parts.length;
  let bytes = frameBytes;
  for (const part of parts) {
    if (typeof part === 'string') bytes += atMostFor(part);
    else if (typeof part === 'number') bytes += frameBytes + numberBytes;
    else if (Buffer.isBuffer(part)) bytes += frameBytes + part.length;
    else if (part instanceof PreparedParts) {
      count += part.count - 1;
      bytes += part.bytes.length;
    } else {
      count += part.length - 1;
      for (const text of part) bytes += atMostFor(text);
    }
  }
  return { count, bytes };
};

const putPart = (part: CommandPart): void => {
  if (typeof part === 'string' || typeof part === 'number') putText(String(part));
  else if (Buffer.isBuffer(part)) putBytes(part);
  else if (part instanceof PreparedParts) {
    chunk.set(part.bytes, at);
    at += part.bytes.length;
  } else for (const text of part) putText(text);
};

/**
 * Commands as RESP has them, one behind the other: each an array of bulk strings, texts in UTF-8. The bytes are never
 * written again; commands share a piece of memory, so whoever keeps some keeps up to 1 MiB.
 */
export const encodeCommands = (commands: readonly (readonly CommandPart[])[]): Buffer => {
  const full: Buffer[] = [];
  let start = at;
  for (const parts of commands) {
    const { count, bytes } = sizeOf(parts);
    if (at + bytes > chunk.length) {
      full.push(chunk.subarray(start, at));
      chunk = Buffer.allocUnsafeSlow(Math.max(chunkBytes, bytes));
      at = 0;
      start = 0;
    }
    putHead(0x2a, count);
    for (const part of parts) putPart(part);
  }
  const last = chunk.subarray(start, at);
  return full.length === 0 ? last : Buffer.concat([...full, last]);
};
