import { emptyTally, type RemapOutcome, type RemapTally, tallyAfter } from '../domain/remap-tally.ts';
import type { MirrorWalk, Outbox, RemapJournal } from '../ports.ts';
import type { ApplyPorts } from './apply-events.ts';
import type { Pace } from './pace.ts';
import { remapBatch } from './remap-batch.ts';

export type RemapPorts = ApplyPorts & {
  readonly walk: MirrorWalk;
  readonly journal: RemapJournal;
  readonly outbox: Pick<Outbox, 'size'>;
};

export type RemapObserver = {
  readonly resumed: (tally: RemapTally) => void;
  readonly met: (id: string, outcome: RemapOutcome) => void;
  readonly counted: (tally: RemapTally) => void;
  /** More outgoing events wait than is good for those of others. */
  readonly held: (waiting: number) => void;
};

export type RemapOptions = {
  readonly dryRun: boolean;
  /** Contacts in one write. */
  readonly batchSize: number;
  /** Asked after each batch with the contacts that were mapped in it. */
  readonly pace: Pace;
  /** Waits for the outbox to drain. */
  readonly pause: () => Promise<void>;
  readonly signal: AbortSignal;
  readonly observer: RemapObserver;
};

/** Up to here a change of somebody else still leaves soon: the relay takes 200 a round. */
const maxWaiting = 2_000;

const batchesOf = (ids: readonly string[], size: number): string[][] => {
  const distinct = [...new Set(ids)];
  return Array.from({ length: Math.ceil(distinct.length / size) }, (_, index) =>
    distinct.slice(index * size, (index + 1) * size),
  );
};

const roomInOutbox = async ({ outbox }: RemapPorts, options: RemapOptions): Promise<void> => {
  while (!options.dryRun && !options.signal.aborted) {
    const waiting = await outbox.size();
    if (waiting <= maxWaiting) return;
    options.observer.held(waiting);
    await options.pause();
  }
};

/** The tally after a page; null where the signal came first. */
const remapPage = async (
  ports: RemapPorts,
  ids: readonly string[],
  options: RemapOptions,
  tally: RemapTally,
): Promise<RemapTally | null> => {
  let counted = tally;
  for (const batch of batchesOf(ids, options.batchSize)) {
    await roomInOutbox(ports, options);
    if (options.signal.aborted) return null;
    const outcomes = await remapBatch(ports, batch, options);
    for (const [id, outcome] of outcomes) options.observer.met(id, outcome);
    counted = tallyAfter(counted, outcomes.values());
    options.observer.counted(counted);
    await options.pace([...outcomes.values()].filter(({ kind }) => kind !== 'current').length);
  }
  return counted;
};

/**
 * Applies the mapping in force to every contact that AcmeCRM has told of (design rule 4), as ordinary changes. A run
 * that was cut off is gone on with by the next one. Several runs at once, events and edits are safe. A dry run neither
 * writes nor reads positions.
 *
 * @returns the tally of the whole walk; null where the signal ended it before.
 * @throws {AppError} retryable, where the store is away.
 */
export const remapContacts = async (ports: RemapPorts, options: RemapOptions): Promise<RemapTally | null> => {
  const { walk, journal, mapping } = ports;
  const known = options.dryRun ? null : await journal.read(mapping.id);
  let position = known?.position;
  let tally = known?.tally ?? emptyTally;
  do {
    const page = await walk.pageAfter(position);
    if (page.isFirst) tally = emptyTally;
    else if (position === known?.position) options.observer.resumed(tally);
    const after = await remapPage(ports, page.items, options, tally);
    if (after === null) return null;
    tally = after;
    position = page.next;
    if (options.dryRun) continue;
    await (position === undefined
      ? journal.forget(mapping.id)
      : journal.keep(mapping.id, { position, tally }));
  } while (position !== undefined);
  return tally;
};
