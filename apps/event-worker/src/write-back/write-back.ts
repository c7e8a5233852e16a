import { setTimeout as delay } from 'node:timers/promises';
import type { PlannedWrite } from '@contact-sync/domain';
import { deadLetter, done, type Outcome, retryLater } from '@contact-sync/kafka';
import { faultOfHold, type HeldWrite } from './fault-of-hold.ts';
import type { Write, WritePlanner } from './ports.ts';
import type { WriteAll, Written } from './write-all.ts';

/** A contact that changed: to which version, and when, in milliseconds since the epoch. */
export type ChangedContact = {
  readonly id: string;
  readonly version: number;
  readonly changedAt: number;
  /** Of the change (W3C), so that what is written for it stands on its trace. */
  readonly traceparent?: string | undefined;
};

export type WriteBackOptions = {
  readonly planner: Pick<WritePlanner, 'plan'>;
  readonly writeAll: WriteAll;
  /** The waits before a contact is planned again whose record had moved; after the last it goes to a retry tier. */
  readonly againMs: readonly number[];
};

/** What is planned together is under way together, so it is no more than is written within about a second. */
const plannedTogether = 24;

const isWrite = (plan: PlannedWrite): plan is Write =>
  plan.kind === 'create' || plan.kind === 'patch' || plan.kind === 'delete';

/**
 * What AcmeCRM did not take, or what no record can be made of, is a letter each time that it is heard: whoever heard it first may have ended, or had to wait for
 * AcmeCRM, between the hold and its letter.
 */
const outcomeOfHeld = (plan: HeldWrite): Outcome => {
  switch (plan.why) {
    case 'refused':
    case 'not-found':
      return deadLetter({ stage: 'handle', ...faultOfHold(plan) });
    case 'given-up':
      return deadLetter({ stage: 'apply', ...faultOfHold(plan) });
    case 'unmappable':
      return deadLetter({ stage: 'map', ...faultOfHold(plan) });
    case 'not-taken':
      return done('held');
  }
};

/** What a plan means that writes nothing now. */
const outcomeOf = (plan: Exclude<PlannedWrite, Write>): Outcome => {
  switch (plan.kind) {
    case 'nothing':
      return done(plan.why);
    case 'held':
      return outcomeOfHeld(plan);
    case 'frozen':
      return done('frozen');
    case 'under-way':
      return retryLater({ stage: 'handle', code: 'WRITE_UNDER_WAY' });
  }
};

const isDone = (end: Written | undefined): boolean =>
  end !== undefined && end !== 'again' && end.kind === 'done';

const piecesOf = <Item>(items: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );

/**
 * Brings AcmeCRM to what contacts are now, whatever happened to them before: plans, writes, hears, and plans again what had
 * moved meanwhile, or was a write of before that had not been answered. Gives an outcome for each contact, by its id.
 *
 * @throws {AppError} retryable, where nothing can be written for now; a repeat finds what was written as it is.
 */
export const createWriteBack = ({ planner, writeAll, againMs }: WriteBackOptions) => {
  const writePiece = async (contacts: readonly ChangedContact[], signal: AbortSignal) => {
    const plans = await planner.plan(
      contacts.map(({ id }) => id),
      signal,
    );
    const changed = new Map(contacts.map((contact) => [contact.id, contact]));
    const writes = plans.filter(isWrite);
    const due = writes.map((write) => {
      const { changedAt = 0, traceparent } = changed.get(write.id) ?? {};
      return { write, causedAt: changedAt, traceparent };
    });
    const written = new Map<string, Written>(await writeAll(due, signal));
    for (const plan of plans) if (!isWrite(plan)) written.set(plan.id, outcomeOf(plan));
    for (const { id, version } of writes) {
      const isOfBefore = version < (changed.get(id)?.version ?? 0);
      if (isOfBefore && isDone(written.get(id))) written.set(id, 'again');
    }
    return written;
  };

  const writeRound = async (contacts: readonly ChangedContact[], signal: AbortSignal) => {
    const written = new Map<string, Written>();
    for (const piece of piecesOf(contacts, plannedTogether)) {
      for (const [id, end] of await writePiece(piece, signal)) written.set(id, end);
    }
    return written;
  };

  return async (
    contacts: readonly ChangedContact[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, Outcome>> => {
    const outcomes = new Map<string, Outcome>();
    let pending = contacts;
    for (const waitMs of [...againMs, undefined]) {
      const written = await writeRound(pending, signal);
      for (const [id, end] of written) if (end !== 'again') outcomes.set(id, end);
      pending = pending.filter(({ id }) => written.get(id) === 'again');
      if (pending.length === 0 || waitMs === undefined) break;
      await delay(waitMs, undefined, { signal });
    }
    for (const { id } of pending) outcomes.set(id, retryLater({ stage: 'handle', code: 'CONFLICT' }));
    return outcomes;
  };
};

export type WriteBack = ReturnType<typeof createWriteBack>;
