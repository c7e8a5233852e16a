import type { AuditLog } from './audit-log.ts';
import { type DecisionPorts, untilIndexed, writeDecisions } from './decide-letters.ts';
import type { LetterIndex } from './ports.ts';
import { type Selection, selectLetters } from './select-letters.ts';

export type DiscardPorts = DecisionPorts & {
  readonly index: LetterIndex;
  readonly audit: AuditLog;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
};

const atOnce = 1_000;

/**
 * Takes the oldest open letters of a selection off the list, 1,000 at most; `more` tells whether others are left.
 *
 * @throws {AppError} retryable; repeating is harmless.
 */
export const discardLetters = async (
  ports: DiscardPorts,
  selection: Selection,
  { by, reason }: { readonly by: string; readonly reason: string },
): Promise<{ readonly discarded: number; readonly more: boolean }> => {
  const { entries, next } = await selectLetters(ports.index, selection, { limit: atOnce });
  if (entries.length === 0) return { discarded: 0, more: next !== undefined };
  const at = ports.now();
  const decision = { kind: 'discarded', at, by, reason } as const;
  const receipts = await writeDecisions(
    ports,
    entries.map((entry) => ({ entry, decision })),
  );
  await ports.audit.add({ at, by, action: 'discard', reason, letters: entries.length });
  await untilIndexed(ports.index, receipts);
  return { discarded: entries.length, more: next !== undefined };
};
