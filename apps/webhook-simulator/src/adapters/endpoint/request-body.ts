import { Readable } from 'node:stream';
import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises';
import type { Manner } from '../../domain/delivery/delivery.ts';

const PIECES = 10;

const piecesOf = (body: Buffer): Buffer[] => {
  const size = Math.max(1, Math.ceil(body.length / PIECES));
  return Array.from({ length: Math.ceil(body.length / size) }, (_, index) =>
    body.subarray(index * size, (index + 1) * size),
  );
};

async function* trickle(body: Buffer, overMs: number, signal: AbortSignal): AsyncGenerator<Buffer> {
  for (const [index, piece] of piecesOf(body).entries()) {
    if (index > 0) await pause(overMs / PIECES, undefined, { signal });
    yield piece;
  }
}

async function* thenCut(body: Buffer, cut: () => void): AsyncGenerator<Buffer> {
  yield body;
  // What was written leaves this process in this turn; an answer takes longer.
  await turn();
  cut();
}

/** A body as its manner has it: at once, piece by piece, or at once with `cut` called as soon as it is sent. */
export const bodyOf = (
  body: Buffer,
  { trickleMs, reset }: Manner,
  {
    isFirst,
    cut,
    signal,
  }: { readonly isFirst: boolean; readonly cut: () => void; readonly signal: AbortSignal },
): Buffer | Readable => {
  if (trickleMs !== undefined) return Readable.from(trickle(body, trickleMs, signal));
  return reset && isFirst ? Readable.from(thenCut(body, cut)) : body;
};
