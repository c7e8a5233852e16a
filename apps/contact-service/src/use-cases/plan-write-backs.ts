import { type PlannedWrite, planWriteBack, type TwoWayMapping } from '@contact-sync/domain';
import type { ContactStore, ContactWrite, Snapshot } from '../ports.ts';
import { writeOnto } from './write-onto.ts';

export type WriteBackPorts = {
  readonly store: Pick<ContactStore, 'load' | 'commit'>;
  readonly mapping: TwoWayMapping;
  /** ISO 8601, UTC. */
  readonly now: () => string;
  /** How long a write to AcmeCRM that is not answered is taken to be on its way. */
  readonly writeLeaseMs: number;
};

export type PlanOptions = { readonly deletes: boolean; readonly dryRun: boolean };

/**
 * What is to be written to AcmeCRM of each of these contacts (design section 6, point 1), in their order; one that is named
 * twice is planned once. What is to be written is stored as sent before this answers; a dry run stores nothing.
 *
 * @throws {AppError} retryable.
 */
export const planWriteBacks = async (
  { store, mapping, now, writeLeaseMs }: WriteBackPorts,
  ids: readonly string[],
  { deletes, dryRun }: PlanOptions,
): Promise<PlannedWrite[]> => {
  const planOne = ({ id }: { readonly id: string }, before: Snapshot) => {
    const input = { id, holding: before, mapping, deletes, now: now(), leaseMs: writeLeaseMs };
    const { plan, writeBack, conflict } = planWriteBack(input);
    const write: ContactWrite | null =
      dryRun || writeBack === undefined
        ? null
        : {
            id,
            before,
            mirror: null,
            writeBack,
            contact: null,
            history: [],
            outgoing: [],
            ...(conflict && { conflicts: [conflict] }),
          };
    return { write, result: plan };
  };
  const distinct = [...new Set(ids)].map((id) => ({ id }));
  const plans = await writeOnto(store, distinct, planOne);
  const byId = new Map(plans.map((plan) => [plan.id, plan]));
  return ids.flatMap((id) => byId.get(id) ?? []);
};
