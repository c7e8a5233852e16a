import { contactIdOfAcme, type SourceEvent } from '@contact-sync/domain';
import { builtInMapping, compileMapping } from '@contact-sync/field-mapper';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ContactStore } from '../src/ports.ts';
import { applyEvents } from '../src/use-cases/apply-events.ts';
import { eraseContact } from '../src/use-cases/erase-contact.ts';
import { countGaps, type GapState, readGaps } from '../src/use-cases/read-gaps.ts';
import { updated } from './event-builder.ts';

const mapping = compileMapping(builtInMapping);
const start = Date.parse('2026-01-01T00:00:00.000Z');
const at = (seconds: number): string => new Date(start + seconds * 1_000).toISOString();
const day = 86_400;

/** What every store tells of versions that have not come. */
export const gapsContract = (
  name: string,
  createStore: (options: { historyLimit: number }) => ContactStore,
): void => {
  describe(`versions that have not come, on ${name}`, () => {
    let store: ContactStore;
    const applyAt = (seconds: number, ...events: SourceEvent[]) =>
      applyEvents({ store, mapping, now: () => at(seconds) }, events);
    const event = (id: string, acme_version: number) =>
      updated({ id, acme_version, acme_title: `T${acme_version}` });
    const gapsAt = async (seconds: number, state?: GapState) => {
      const { items } = await readGaps(store.gaps, { state, limit: 50, cursor: undefined }, at(seconds));
      return items.map((gap) => [gap.sourceId, gap.from, gap.to, gap.state]);
    };
    const countsAt = (seconds: number) =>
      Promise.all([countGaps(store.gaps, 'open', at(seconds)), countGaps(store.gaps, 'missed', at(seconds))]);

    beforeEach(() => {
      store = createStore({ historyLimit: 5 });
    });

    it('are open after a minute and missed after a day; a first event is no gap', async () => {
      await applyAt(0, event('7', 3), event('7', 7));
      expect([await gapsAt(59), await countsAt(59)]).toEqual([[], [0, 0]]);
      expect([await gapsAt(60), await countsAt(60)]).toEqual([[['7', 4, 6, 'open']], [1, 0]]);
      expect(await gapsAt(day - 1, 'missed')).toEqual([]);
      expect(await gapsAt(day, 'open')).toEqual([]);
      expect([await gapsAt(day, 'missed'), await countsAt(day)]).toEqual([[['7', 4, 6, 'missed']], [0, 1]]);
    });

    it('are struck out as they come, and their age stays', async () => {
      await applyAt(0, event('7', 1), event('7', 5));
      await applyAt(100, event('7', 3));
      expect(await gapsAt(60)).toEqual([
        ['7', 2, 2, 'open'],
        ['7', 4, 4, 'open'],
      ]);
      await applyAt(200, event('7', 2), event('7', 4));
      expect(await gapsAt(day)).toEqual([]);
    });

    it('come page by page, the longest missing first, each once', async () => {
      await applyAt(
        5,
        event('b', 1),
        event('b', 3),
        event('a', 1),
        event('a', 3),
        event('c', 1),
        event('c', 4),
      );
      await applyAt(1, event('d', 1), event('d', 9));
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await readGaps(store.gaps, { state: undefined, limit: 1, cursor }, at(day));
        seen.push(...page.items.map(({ sourceId }) => sourceId));
        cursor = page.next;
      } while (cursor !== undefined);
      expect(seen[0]).toBe('d');
      expect(seen.toSorted()).toEqual(['a', 'b', 'c', 'd']);
    });

    it('of an erased contact are gone', async () => {
      await applyAt(0, event('7', 1), event('7', 5));
      await eraseContact({ store, now: () => at(1) }, { id: contactIdOfAcme('7'), by: 'user:admin' });
      expect([await gapsAt(day), await countsAt(day)]).toEqual([[], [0, 0]]);
    });
  });
};
