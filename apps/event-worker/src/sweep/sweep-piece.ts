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

type Step = { readonly progress: SweepProgress; readonly looked: number; readonly next?: SweepPlace };
type Within = { readonly graceMs: number; readonly signal: AbortSignal };

/** A page of AcmeCRM's list; behind the last one a full sweep goes on here. */
const stepThere = async (
  ports: SweepPorts,
  job: SweepJob,
  place: Extract<SweepPlace, { side: 'there' }>,
  within: Within,
): Promise<Step> => {
  const step = await sweepThere(ports, job, { place, ...within });
  if (step.next !== undefined || !job.request.full) return step;
  const { cursor: _, ...rest } = { ...place, ...step.progress.place };
  return { ...step, next: { ...rest, side: 'here' } };
};

/** A page of what is held here. */
const stepHere = async (
  ports: SweepPorts,
  job: SweepJob,
  { cursor, ...place }: Extract<SweepPlace, { side: 'here' }>,
  within: Within,
): Promise<Step> => {
  const from = cursor === undefined ? {} : { cursor };
  const step = await sweepHere(ports, job, { ...from, ...within });
  return step.nextCursor === undefined ? step : { ...step, next: { ...place, cursor: step.nextCursor } };
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
    const within = { graceMs: settings.graceMs, signal };
    const { progress, looked, next } =
      place.side === 'there'
        ? await stepThere(ports, job, place, within)
        : await stepHere(ports, job, place, within);
    ports.tell(job.progress, progress);
    if (next === undefined) {
      await finish(ports, job, progress.place ?? place);
      ports.finished(job, progress);
      return { progress, isDone: true };
    }
    await ports.pace(looked, job.request.ratePerSecond ?? settings.ratePerSecond, signal);
    return { progress: { ...progress, place: next }, isDone: false };
  };
