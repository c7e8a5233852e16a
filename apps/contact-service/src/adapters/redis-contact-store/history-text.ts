import { type HistoryDraft, type HistoryEntry, parseJson } from '@contact-sync/domain';

type Change = HistoryEntry['changes'][number];

const toRow = (change: Change): readonly unknown[] =>
  'lost' in change
    ? [change.field, change.from, change.to, change.lost]
    : [change.field, change.from, change.to];

/** A history entry as text; the names of a change's members, a third of most entries, are left out. */
export const toHistoryText = (draft: HistoryDraft, sequence: number): string =>
  JSON.stringify({ ...draft, sequence, changes: draft.changes.map(toRow) });

/** The way back from {@link toHistoryText}. */
export const fromHistoryText = (text: string): HistoryEntry => {
  const { changes, ...entry } = parseJson(text) as Omit<HistoryEntry, 'changes'> & {
    readonly changes: readonly [field: string, from: Change['from'], to: Change['to'], lost?: Change['to']][];
  };
  return {
    ...entry,
    changes: changes.map(([field, from, to, ...lost]) => ({
      field,
      from,
      to,
      ...(lost.length > 0 && { lost: lost[0] ?? null }),
    })),
  };
};
