import type { SourceEvent, WriteOutcome } from '@contact-sync/domain';
import type { AcmeDeleted, AcmeShown } from '../acme/acme-api.ts';
import { acmeEvent } from '../acme/acme-event.ts';
import type { ContactApplier } from '../ports.ts';
import type { Write, WriteBrake, WritePlanner } from './ports.ts';
import type { WriteEnd } from './write-end.ts';

/** When somebody caused the write, in milliseconds since the epoch, and what ends it. */
export type WriteRun = { readonly causedAt: number; readonly signal: AbortSignal };

export type AnswerBackPorts = {
  readonly contacts: ContactApplier;
  readonly planner: Pick<WritePlanner, 'settle'>;
  readonly brake: Pick<WriteBrake, 'admit'>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
};

type OfWrite<Outcome> = Outcome extends WriteOutcome ? Omit<Outcome, 'id' | 'writeId'> : never;

/** How AcmeCRM's answers to a write come back to contact-service. Every method throws retryable `AppError`s alone. */
export const createAnswerBack = ({ contacts, planner, brake, now }: AnswerBackPorts) => {
  const settle = (
    { id, writeId }: Write,
    outcome: OfWrite<WriteOutcome>,
    { signal }: WriteRun,
  ): Promise<void> => planner.settle([{ id, writeId, ...outcome }], signal);

  const eventOf = ({ id }: Write, shown: AcmeShown | AcmeDeleted): SourceEvent =>
    acmeEvent(shown, `wb:${id}:${shown.acme_version}`, now());

  /** Undefined where it is applied. What can never be applied is given up with its write. */
  const apply = async (write: Write, event: SourceEvent, run: WriteRun): Promise<WriteEnd | undefined> => {
    const answer = await contacts.apply([event], run.signal);
    const result = 'refused' in answer ? { ...answer.refused, retryable: false } : answer.results[0];
    if (result === undefined || 'fate' in result) return undefined;
    const { code, pointer, retryable } = result;
    const fault = { stage: 'apply', code, ...(pointer !== undefined && { pointer }) } as const;
    if (retryable) return { kind: 'later', fault };
    await settle(write, { outcome: 'given-up', code, ...(pointer !== undefined && { pointer }) }, run);
    return { kind: 'fault', fault };
  };

  /** What AcmeCRM made of the write. */
  const take = async (write: Write, shown: AcmeShown | AcmeDeleted, run: WriteRun): Promise<WriteEnd> => {
    const answers = { contactId: write.id, writeId: write.writeId };
    return (await apply(write, { ...eventOf(write, shown), answers }, run)) ?? { kind: 'written' };
  };

  return {
    settle,
    take,
    /** A deletion in the place of what we wrote is AcmeCRM's, and one of those that the brake counts. */
    takeDeletion: async (write: Write, acmeId: string, version: number, run: WriteRun): Promise<WriteEnd> => {
      const deletion: AcmeDeleted = { id: acmeId, acme_version: version, acme_deleted: true };
      const { causedAt } = run;
      if (write.kind === 'delete' || (await brake.admit({ id: `${acmeId} ${version}`, causedAt }))) {
        return take(write, deletion, run);
      }
      await settle(write, { outcome: 'lost' }, run);
      return { kind: 'held' };
    },
    /** The record had moved before the write came: what it is now is applied as AcmeCRM's own change. */
    catchUp: async (write: Write, record: AcmeShown, run: WriteRun): Promise<WriteEnd> => {
      await settle(write, { outcome: 'stale' }, run);
      return (await apply(write, eventOf(write, record), run)) ?? { kind: 'again' };
    },
  };
};
