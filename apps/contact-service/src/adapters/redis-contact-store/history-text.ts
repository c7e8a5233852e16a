import { type HistoryEntry, parseJson } from '@contact-sync/domain';

type Change = HistoryEntry['changes'][number];

/** A history entry as text; the names of a change's members, a third of most entries, are left out. */
export const toHistoryText = (entry: HistoryEntry): string =>
  JSON.stringify({
    ...entry,
    changes: entry.changes.map((change) =>
      'lost' in change
        ? [change.field, change.from, change.to, change.lost]
        : [change.field, change.from, change.to],
    ),
  });

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
