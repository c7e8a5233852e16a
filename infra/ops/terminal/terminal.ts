import type { WriteStream } from 'node:tty';

type Stream = Pick<WriteStream, 'write' | 'isTTY'>;

/** Where a command tells what it found, and how far it is. */
export type Terminal = {
  /** A result: text for people, or one JSON value for scripts. */
  readonly result: (text: string) => void;
  /** How far long work is; a line that is drawn again on a terminal, else a line every few seconds. */
  readonly progress: (text: string) => void;
  /** Takes the line of progress away. */
  readonly clear: () => void;
};

const clearLine = '\r\u001b[2K';
const everyMs = { terminal: 100, file: 5_000 };

export const createTerminal = (out: Stream, told: Stream, now: () => number): Terminal => {
  const pauseMs = told.isTTY ? everyMs.terminal : everyMs.file;
  let last = Number.NEGATIVE_INFINITY;
  const clear = () => void (told.isTTY && told.write(clearLine));
  return {
    result: (text) => {
      clear();
      out.write(`${text}\n`);
    },
    progress: (text) => {
      if (now() - last < pauseMs) return;
      last = now();
      told.write(told.isTTY ? `${clearLine}${text}` : `${text}\n`);
    },
    clear,
  };
};
