import type { WriteStream } from 'node:tty';
import type { Progress as Counts, RunState } from '@contact-sync/api-contracts';

/** Tells a person how far the command has come. */
export type Progress = {
  readonly shown: (run: string, state: RunState, counts: Counts) => void;
  readonly close: () => void;
};

const CLEAR_LINE = '\r\u001b[2K';
const BAR_WIDTH = 24;

const barOf = (done: number, all: number): string => {
  const filled = all === 0 ? 0 : Math.min(BAR_WIDTH, Math.round((done / all) * BAR_WIDTH));
  return `[${'#'.repeat(filled)}${'.'.repeat(BAR_WIDTH - filled)}]`;
};

const textOf = (run: string, state: RunState, counts: Counts): string => {
  const { planned, sent, accepted, refused, contacts, settled, verified } = counts;
  if (state === 'sending')
    return `${run} ${barOf(sent, planned)} ${sent} of ${planned} sent, ${accepted} accepted, ${refused} refused`;
  if (state === 'settling')
    return `${run} ${barOf(settled, contacts)} ${settled} of ${contacts} contacts up to date`;
  return `${run} ${barOf(verified, contacts)} ${verified} of ${contacts} contacts read back`;
};

/** One line with a bar that is drawn again on a terminal, else a line every few seconds. */
export const createProgress = (
  stream: Pick<WriteStream, 'write' | 'isTTY' | 'columns'>,
  now: () => number,
): Progress => {
  const everyMs = stream.isTTY ? 100 : 5_000;
  let last = stream.isTTY ? Number.NEGATIVE_INFINITY : now();
  return {
    shown: (run, state, counts) => {
      if (now() - last < everyMs) return;
      last = now();
      const text = textOf(run, state, counts);
      stream.write(stream.isTTY ? `${CLEAR_LINE}${text.slice(0, stream.columns - 1)}` : `${text}\n`);
    },
    close: () => void (stream.isTTY && stream.write(CLEAR_LINE)),
  };
};
