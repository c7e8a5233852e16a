import type { HistoryEntry } from '@contact-sync/domain';

/** Whether a change is about a field; `customFields` and `address` are about all of their parts. */
export const isAbout = (field: string, changed: string): boolean =>
  changed === field || changed.startsWith(`${field}.`);

/** The entries that touched a field, newest first as they came, with their changes of it alone. */
export const historyOfField = (field: string, history: readonly HistoryEntry[]): HistoryEntry[] =>
  history.flatMap((entry) => {
    const changes = entry.changes.filter((change) => isAbout(field, change.field));
    return changes.length === 0 ? [] : [{ ...entry, changes }];
  });

/** Who made an entry, in words; `me` is the id of whoever reads it. */
export const makerText = ({ by, sourceVersion }: HistoryEntry, me?: string): string => {
  if (me !== undefined && by === `user:${me}`) return 'You';
  if (by === 'acmecrm') return `AcmeCRM, its version ${sourceVersion ?? 'unknown'}`;
  if (by === 'remap') return 'a changed mapping';
  return by.replace(/^(user|machine):/, '$1 ');
};

/** Why the last entry of a field stands: what it was over. */
export const reasonText = (entry: HistoryEntry): string => {
  const [change] = entry.changes;
  if (change === undefined) return 'Nothing changed it.';
  if (change.lost !== undefined && JSON.stringify(change.from) === JSON.stringify(change.to))
    return 'Both sides changed it; ours stayed, for we own the field.';
  if (change.lost !== undefined) return 'Both sides changed it; AcmeCRM owns the field and won.';
  if (entry.by === 'acmecrm') return 'AcmeCRM changed it, and nobody here had.';
  if (entry.by === 'remap') return 'The mapping reads the same record differently now.';
  return 'It was edited here, and AcmeCRM has not changed it since.';
};
