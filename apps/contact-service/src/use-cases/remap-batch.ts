import { remap } from '@contact-sync/domain';
import type { RemapOutcome } from '../domain/remap-tally.ts';
import type { ContactWrite, Snapshot } from '../ports.ts';
import type { ApplyPorts } from './apply-events.ts';

// Each lost race means that somebody else's write succeeded.
const MAX_TRIES = 20;

const writeOf = (id: string, before: Snapshot, outcome: RemapOutcome): ContactWrite[] => {
  if (outcome.kind === 'noted') {
    return [{ id, before, mirror: outcome.mirror, contact: null, history: [], outgoing: [] }];
  }
  if (outcome.kind !== 'remapped') return [];
  const { mirror, history, change } = outcome;
  return [{ id, before, mirror, contact: change.contact, history: [history], outgoing: [change] }];
};

/** One try for each contact; answers those that moved in between. */
const remapOnce = async (
  { store, mapping, now }: ApplyPorts,
  ids: readonly string[],
  outcomes: Map<string, RemapOutcome>,
  dryRun: boolean,
): Promise<string[]> => {
  const snapshots = await store.load(ids);
  const at = now();
  const writes = ids.flatMap((id, index) => {
    const before = snapshots[index];
    if (before === undefined) return [];
    const outcome = remap({ ...before, mapping, now: at });
    outcomes.set(id, outcome);
    return dryRun ? [] : writeOf(id, before, outcome);
  });
  const results = await store.commit(writes);
  return writes.filter((_, index) => results[index] === 'moved').map(({ id }) => id);
};

/**
 * Applies the mapping to these contacts, each wholly or not at all and on the state that it is written to. A dry run
 * writes nothing.
 *
 * @throws {AppError} retryable, where the store is away; a repeat finds what was written by then.
 */
export const remapBatch = async (
  ports: ApplyPorts,
  ids: readonly string[],
  options: { readonly dryRun: boolean },
): Promise<ReadonlyMap<string, RemapOutcome>> => {
  const outcomes = new Map<string, RemapOutcome>();
  let open = ids;
  for (let tries = 0; open.length > 0 && tries < MAX_TRIES; tries += 1) {
    open = await remapOnce(ports, open, outcomes, options.dryRun);
  }
  for (const id of open) outcomes.set(id, { kind: 'conflict' });
  return outcomes;
};
