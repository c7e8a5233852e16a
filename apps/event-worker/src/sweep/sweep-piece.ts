import type { MetRecords, SweepMarks } from './ports.ts';
import { type SweepBornHerePorts, sweepBornHere } from './sweep-born-here.ts';
import { type SweepHerePorts, sweepHere } from './sweep-here.ts';
import { type SweepJob, type SweepPlace, type SweepProgress, withAllCounts } from './sweep-job.ts';
import { type SweepTherePorts, sweepThere } from './sweep-there.ts';

export type SweepPorts = Omit<SweepTherePorts & SweepHerePorts & SweepBornHerePorts, 'met'> & {
  readonly met: MetRecords;
  readonly marks: SweepMarks;
  /** Waits so many milliseconds, or until it is aborted. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
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
type Here = Exclude<SweepPlace, { side: 'there' }>;

/** A page of AcmeCRM's list; behind the last one a full sweep goes on here. */
const stepThere = async (
  ports: SweepPorts,
  job: SweepJob,
  place: Exclude<SweepPlace, Here>,
  within: Within,
): Promise<Step> => {
  const step = await sweepThere(ports, job, { place, ...within });
  if (step.next !== undefined || !job.request.full) return step;
  const { cursor: _, ...rest } = { ...place, ...step.progress.place };
  return { ...step, next: { ...rest, side: 'here' } };
};

/** A page of what is held here; behind the last one it goes on with what was made here. */
const stepHere = async (
  ports: SweepPorts,
  job: SweepJob,
  { cursor, ...place }: Here,
  within: Within,
): Promise<Step> => {
  const from = cursor === undefined ? {} : { cursor };
  const step = await sweepHere(ports, job, { ...from, ...within });
  const next: Here =
    step.nextCursor === undefined ? { ...place, side: 'born-here' } : { ...place, cursor: step.nextCursor };
  return { ...step, next };
};

/** A page of what was made here. */
const stepBornHere = async (
  ports: SweepPorts,
  job: SweepJob,
  { cursor, ...place }: Here,
  { graceMs }: Within,
): Promise<Step> => {
  const step = await sweepBornHere(ports, job, { cursor, graceMs });
  return step.nextCursor === undefined ? step : { ...step, next: { ...place, cursor: step.nextCursor } };
};

const stepAt = (ports: SweepPorts, job: SweepJob, place: SweepPlace, within: Within): Promise<Step> => {
  switch (place.side) {
    case 'there':
      return stepThere(ports, job, place, within);
    case 'here':
      return stepHere(ports, job, place, within);
    case 'born-here':
      return stepBornHere(ports, job, place, within);
  }
};

/** The longest wait of one piece, in milliseconds: a copy that waits keeps its lease, and hears that it is to end. */
const longestPauseMs = 1_000;

/**
 * Takes a sweep one page further (design section 6, "Sweep"), or nearer to the turn of that page at its rate: through
 * AcmeCRM's list, then, a full one, through what is held and what was made here. A page that is repeated publishes the same
 * events, which then are known.
 */
export const createSweepPiece =
  (ports: SweepPorts, settings: SweepSettings) =>
  async (begun: SweepJob, signal: AbortSignal): Promise<Piece> => {
    const job = { ...begun, progress: withAllCounts(begun.progress) };
    const { place, dueAt = 0 } = job.progress;
    if (place === undefined) return begin(ports, job, settings);
    const startedAt = ports.now();
    if (startedAt < dueAt) {
      await ports.pause(Math.min(dueAt - startedAt, longestPauseMs), signal);
      return { progress: job.progress, isDone: false };
    }
    const within = { graceMs: settings.graceMs, signal };
    const { progress, looked, next } = await stepAt(ports, job, place, within);
    ports.tell(job.progress, progress);
    if (next === undefined) {
      await finish(ports, job, progress.place ?? place);
      ports.finished(job, progress);
      return { progress, isDone: true };
    }
    const perSecond = job.request.ratePerSecond ?? settings.ratePerSecond;
    // Time that was lost is not made up for.
    const nextAt = startedAt + (looked * 1_000) / perSecond;
    return { progress: { ...progress, place: next, dueAt: nextAt }, isDone: false };
  };
