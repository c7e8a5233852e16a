import type { WriteStream } from 'node:tty';
import type { RemapTally } from '../domain/remap-tally.ts';

/** Tells a person how far a run has come. */
export type Progress = {
  /** A line that stays. */
  readonly note: (text: string) => void;
  readonly counted: (tally: RemapTally) => void;
  readonly close: () => void;
};

const clearLine = '\r\u001b[2K';

const textOf = ({ current, noted, remapped, failed }: RemapTally): string =>
  `${current + noted + remapped + failed} contacts: ${remapped} change, ${noted} move no field, ` +
  `${current} already mapped, ${failed} failed`;

/** One line that is drawn again on a terminal, else a line every few seconds. */
export const createProgress = (stream: Pick<WriteStream, 'write' | 'isTTY'>, now: () => number): Progress => {
  const everyMs = stream.isTTY ? 100 : 5_000;
  let last = stream.isTTY ? Number.NEGATIVE_INFINITY : now();
  return {
    note: (text) => void stream.write(stream.isTTY ? `${clearLine}${text}\n` : `${text}\n`),
    counted: (tally) => {
      if (now() - last < everyMs) return;
      last = now();
      stream.write(stream.isTTY ? `${clearLine}${textOf(tally)}` : `${textOf(tally)}\n`);
    },
    close: () => void (stream.isTTY && stream.write(clearLine)),
  };
};
