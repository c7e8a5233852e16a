import type { Mirror } from '@contact-sync/domain';
import { compactId } from '../src/domain/lists/compact.ts';
import type { GapReader, GapTimes } from '../src/ports.ts';

/** The gaps of a store in memory: everything is looked at, each time. */
export const createInMemoryGaps = (
  held: () => readonly (readonly [id: string, held: { readonly mirror: Mirror | null }])[],
): GapReader => {
  const found = ({ noticedFrom = '', noticedBefore }: GapTimes) =>
    held()
      .flatMap(([contactId, { mirror }]) =>
        (mirror?.missing.ranges ?? []).map(({ from, to, noticedAt }) => ({
          gap: { contactId, sourceId: mirror?.sourceId ?? '', from, to, noticedAt },
          position: `${Date.parse(noticedAt)}/${compactId(contactId)} ${from} ${to}`,
        })),
      )
      .filter(({ gap }) => gap.noticedAt >= noticedFrom && gap.noticedAt < noticedBefore)
      .sort((one, other) => (one.position < other.position ? -1 : 1));
  return {
    count: async (times) => found(times).length,
    list: async ({ limit, after = '', ...times }) => {
      const rest = found(times).filter(({ position }) => position > after);
      const [shown, last] = [rest.slice(0, limit), rest[limit - 1]];
      const items = shown.map(({ gap }) => gap);
      return rest.length > limit && last ? { items, next: last.position } : { items };
    },
  };
};
