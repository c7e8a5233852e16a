import type { MetRecords, SweepMarks } from './ports.ts';
import { type SweepHerePorts, sweepHere } from './sweep-here.ts';
import type { SweepJob, SweepPlace, SweepProgress } from './sweep-job.ts';
import { type SweepTherePorts, sweepThere } from './sweep-there.ts';

export type SweepPorts = Omit<SweepTherePorts & SweepHerePorts, 'met'> & {
  readonly met: MetRecords;
  readonly marks: SweepMarks;
  /** Waits for the turn of so many records at that rate. */
  readonly pace: (count: number, perSecond: number, signal: AbortSignal) => Promise<void>;
  /** Told of what a piece added to the counts. */
  readonly tell: (before: SweepProgress, after: SweepProgress) => void;
  /** Told of a sweep that has come to its end. */
  readonly finished: (job: SweepJob, progress: SweepProgress) => void;
};

export type SweepSettings = {
  /** Records. */
  readonly ratePerSecond: number;
  /** How far before the mark a sweep begins, in milliseconds: changes there may come into the list late. */
  readonly overlapMs: number;
  /** How old a change must be to be taken for untold, in milliseconds. */
  readonly graceMs: number;
};

type Piece = { readonly progress: SweepProgress; readonly isDone: boolean };

const begin = async ({ marks }: SweepPorts, job: SweepJob, settings: SweepSettings): Promise<Piece> => {
  const mark = job.request.full ? undefined : await marks.read();
  // What was left as young is looked at again.
  const overlapMs = Math.max(settings.overlapMs, settings.graceMs);
  const since = mark === undefined ? {} : { since: new Date(Date.parse(mark) - overlapMs).toISOString() };
  return { progress: { ...job.progress, place: { side: 'there', ...since } }, isDone: false };
};

/** A dry run leaves no mark: what it saw was not taken. */
const finish = async ({ marks, met }: SweepPorts, job: SweepJob, place: SweepPlace): Promise<void> => {
  if (!job.request.dryRun && place.reached !== undefined) await marks.write(place.reached);
  if (job.request.full) await met.forget(job.id);
};

/**
 * Takes a sweep one page further (design section 6, "Sweep"), at its rate: through AcmeCRM's list, then, a full one,
 * through what is held here. A page that is repeated publishes the same events, which then are known.
 */
export const createSweepPiece =
  (ports: SweepPorts, settings: SweepSettings) =>
  async (job: SweepJob, signal: AbortSignal): Promise<Piece> => {
    const { place } = job.progress;
    if (place === undefined) return begin(ports, job, settings);
    const rate = job.request.ratePerSecond ?? settings.ratePerSecond;
    const { graceMs } = settings;
    const stepped = async (): Promise<{ progress: SweepProgress; looked: number; next?: SweepPlace }> => {
      if (place.side === 'there') {
        const step = await sweepThere(ports, job, { place, graceMs, signal });
        if (step.next !== undefined || !job.request.full) return step;
        const { cursor: _, ...rest } = { ...place, ...step.progress.place };
        return { ...step, next: { ...rest, side: 'here' } };
      }
      const { cursor, ...rest } = place;
      const step = await sweepHere(ports, job, { ...(cursor !== undefined && { cursor }), graceMs, signal });
      return step.nextCursor === undefined ? step : { ...step, next: { ...rest, cursor: step.nextCursor } };
    };
    const { progress, looked, next } = await stepped();
    ports.tell(job.progress, progress);
    if (next === undefined) {
      await finish(ports, job, progress.place ?? place);
      ports.finished(job, progress);
      return { progress, isDone: true };
    }
    await ports.pace(looked, rate, signal);
    return { progress: { ...progress, place: next }, isDone: false };
  };
