import type { WriteStream } from 'node:tty';

/** Tells a person what is going on while things download and start. */
export interface Progress {
  /** Shows `label` while `work` runs, with the details it gives, and then how long it took. */
  step<T>(label: string, work: (detail: (text: string) => void) => Promise<T>): Promise<T>;
  note(text: string): void;
}

/** Shows nothing; for tests. */
export const silentProgress: Progress = {
  step: (_label, work) => work(() => undefined),
  note: () => undefined,
};

const REDRAW_MS = 100;
const DETAIL_EVERY_MS = 5_000;
const CLEAR_LINE = '\r\u001b[2K';

/** Writes a line at the begin and at the end of each step; on a terminal, one line that is drawn again meanwhile. */
export function createProgress(stream: WriteStream = process.stderr): Progress {
  const startedAt = performance.now();
  const elapsed = (since: number) => `${((performance.now() - since) / 1000).toFixed(1)} s`;
  const print = (text: string) => stream.write(`[${elapsed(startedAt).padStart(7)}] ${text}\n`);
  return stream.isTTY ? redrawing(stream, print, elapsed) : plain(print, elapsed);
}

type Print = (text: string) => void;
type Elapsed = (since: number) => string;

function plain(print: Print, elapsed: Elapsed): Progress {
  return {
    note: print,
    async step(label, work) {
      const startedAt = performance.now();
      let lastDetailAt = startedAt;
      print(`${label} …`);
      const value = await work((text) => {
        if (performance.now() - lastDetailAt < DETAIL_EVERY_MS) return;
        lastDetailAt = performance.now();
        print(`${label}: ${text}`);
      });
      print(`${label}: done in ${elapsed(startedAt)}`);
      return value;
    },
  };
}

function redrawing(stream: WriteStream, print: Print, elapsed: Elapsed): Progress {
  const running = new Map<symbol, { label: string; detail: string; startedAt: number }>();
  const draw = () => {
    const texts = [...running.values()].map(
      ({ label, detail, startedAt }) => `${label}${detail === '' ? '' : `: ${detail}`} ${elapsed(startedAt)}`,
    );
    stream.write(`${CLEAR_LINE}${`… ${texts.join(' · ')}`.slice(0, stream.columns - 1)}`);
  };
  const above = (text: string) => {
    stream.write(CLEAR_LINE);
    print(text);
    if (running.size > 0) draw();
  };
  let timer: NodeJS.Timeout | undefined;
  return {
    note: above,
    async step(label, work) {
      const key = Symbol(label);
      const entry = { label, detail: '', startedAt: performance.now() };
      running.set(key, entry);
      timer ??= setInterval(draw, REDRAW_MS);
      draw();
      try {
        const value = await work((text) => {
          entry.detail = text;
        });
        running.delete(key);
        above(`${label}: done in ${elapsed(entry.startedAt)}`);
        return value;
      } finally {
        running.delete(key);
        if (running.size === 0) {
          clearInterval(timer);
          timer = undefined;
          stream.write(CLEAR_LINE);
        }
      }
    },
  };
}
