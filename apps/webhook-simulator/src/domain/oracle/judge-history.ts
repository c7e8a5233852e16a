import type { Finding, Findings } from '@contact-sync/api-contracts';
import type { SimulatedEvent } from '../acme/event.ts';
import type { Evidence } from './evidence.ts';
import { differingMembers } from './same-content.ts';
import type { HistoryLine } from './views.ts';

const byVersion = (history: readonly HistoryLine[]): Map<number, HistoryLine[]> => {
  const lines = new Map<number, HistoryLine[]>();
  for (const line of history) {
    if (line.sourceVersion === undefined) continue;
    lines.set(line.sourceVersion, [...(lines.get(line.sourceVersion) ?? []), line]);
  }
  return lines;
};

const judgeVersion = (
  contactId: string,
  version: number,
  lines: readonly HistoryLine[],
  events: readonly SimulatedEvent[],
): Finding[] => {
  const ids = new Set(lines.flatMap(({ outgoingEventId }) => outgoingEventId ?? []));
  const eventIds = events.filter((event) => event.version === version).map(({ webhook }) => webhook.id);
  const finding = (code: Finding['code']): Finding => ({
    contactId,
    code,
    detail: `version ${version}`,
    eventIds,
  });
  return [
    ...(lines.length > 1 ? [finding('TWO_HISTORY_ENTRIES')] : []),
    ...(ids.size > 1 ? [finding('TWO_OUTGOING_EVENTS')] : []),
  ];
};

/** Every applied version is higher than the one before, so newest first both numbers fall. */
const inOrder = (history: readonly HistoryLine[]): boolean => {
  const falling = (numbers: readonly number[]) =>
    numbers.every((value, index) => index === 0 || value <= (numbers[index - 1] ?? value));
  const sequences = history.map(({ sequence }) => sequence);
  return (
    falling(sequences) &&
    new Set(sequences).size === sequences.length &&
    falling(history.flatMap(({ sourceVersion }) => sourceVersion ?? []))
  );
};

// Sequences count from 1 and survive trimming (design rule 4).
const isTrimmed = (history: readonly HistoryLine[]): boolean => (history.at(-1)?.sequence ?? 1) > 1;

const bookKeeping = new Set(['acme_version', 'acme_updated_at', 'acme_created_at']);

const recordOf = (events: readonly SimulatedEvent[], version: number) =>
  events.find((event) => event.version === version)?.record;

/** Whether both say the same beside their book-keeping (design section 2, "Content hash"). */
const sameRecords = (one: SimulatedEvent['record'] | undefined, other: typeof one): boolean =>
  one && other
    ? differingMembers({ ...one }, { ...other }).every((member) => bookKeeping.has(member))
    : one === null && other === null;

/** Whether a version found what it says in the mirror: then it is `unchanged` and has no entry (design rule 3). */
const changesNothing = (
  version: number,
  versions: ReadonlyMap<number, unknown>,
  events: readonly SimulatedEvent[],
): boolean => {
  const below = Math.max(...[...versions.keys()].filter((known) => known < version));
  return sameRecords(recordOf(events, version), recordOf(events, below));
};

/**
 * Judges a contact's history: a source version has one entry and one outgoing event id at most, `decisive` has its
 * entry unless it says what the one below in it said, and nothing stands in it that was never sent.
 */
export const judgeHistory = (
  { contactId, accepted, uncertain }: Evidence,
  decisive: number,
  history: readonly HistoryLine[],
): Partial<Findings> => {
  const events = [...accepted, ...uncertain];
  const sent = new Set(events.map(({ version }) => version));
  const versions = byVersion(history);
  const strangers = [...versions.keys()].filter((version) => !sent.has(version));
  return {
    lost:
      versions.has(decisive) || changesNothing(decisive, versions, events)
        ? []
        : [{ contactId, code: 'NO_HISTORY_ENTRY', detail: `version ${decisive}` }],
    doubled: [...versions].flatMap(([version, lines]) => judgeVersion(contactId, version, lines, events)),
    unexpected: [
      ...strangers.map(
        (version): Finding => ({ contactId, code: 'VERSION_NEVER_ACCEPTED', detail: `version ${version}` }),
      ),
      ...(inOrder(history) ? [] : [{ contactId, code: 'HISTORY_OUT_OF_ORDER' as const }]),
    ],
    unverified: isTrimmed(history) ? [{ contactId, code: 'HISTORY_TRIMMED' }] : [],
  };
};
