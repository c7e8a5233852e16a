const WIDTH = 16;

const printable = (byte: number): string => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.');

/** The bytes of a Base64 text as lines of offset, hexadecimal and ASCII; the first `limit` of them. */
export const hexDump = (base64: string, limit = 512): string => {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)).slice(0, limit);
  const lines = [];
  for (let offset = 0; offset < bytes.length; offset += WIDTH) {
    const row = [...bytes.slice(offset, offset + WIDTH)];
    const hex = row.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    lines.push(
      `${offset.toString(16).padStart(6, '0')}  ${hex.padEnd(WIDTH * 3 - 1)}  ${row.map(printable).join('')}`,
    );
  }
  return lines.join('\n');
};
