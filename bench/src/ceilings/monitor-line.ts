/** A script call as Redis shows it to MONITOR. */
export type SeenCall = {
  readonly sha: string;
  readonly keys: readonly string[];
  readonly args: readonly string[];
};

const named: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', a: '\u0007', b: '\b' };

/** Redis spells a byte that is not printable ASCII as `\xhh`. */
const unescaped = (text: string): string => {
  const bytes = text.replace(/\\(?:x([0-9a-f]{2})|(.))/g, (_, hex: string | undefined, char: string) =>
    hex === undefined ? (named[char] ?? char) : String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString();
};

/** The EVALSHA that a line of MONITOR tells of; undefined for every other command and for those that a script makes. */
export const readMonitorLine = (line: string): SeenCall | undefined => {
  const start = /^\+[\d.]+ \[\d+ [^\]]+\] "evalsha" /i.exec(line);
  if (start === null) return undefined;
  const words = line.slice(start[0].length).match(/"(?:[^"\\]|\\.)*"/g) ?? [];
  const [sha = '', count = '0', ...rest] = words.map((word) => unescaped(word.slice(1, -1)));
  return { sha, keys: rest.slice(0, Number(count)), args: rest.slice(Number(count)) };
};
