import type { Contact } from '@contact-sync/domain';
import fc from 'fast-check';
import { expect } from 'vitest';
import type { ContactStore } from '../src/ports.ts';
import { listArbitrary } from './list-arbitraries.ts';
import { idsOfList, pagesOf } from './list-model.ts';

/** The pages of any list are together what a look at every contact finds, and none is longer than was asked for. */
export const holdsWhatIsThere = (
  store: ContactStore,
  contacts: readonly Contact[],
  runs: { readonly numRuns: number; readonly seed: number },
): Promise<void> =>
  fc.assert(
    fc.asyncProperty(listArbitrary, fc.constantFrom(1, 9, 50, 100), async (list, wanted) => {
      const expected = idsOfList(contacts, list);
      const limit = Math.min(100, Math.max(wanted, Math.ceil(expected.length / 30)));
      const pages = await pagesOf(store, list, limit);
      expect(pages.flatMap(({ items }) => items.map(({ id }) => id))).toEqual(expected);
      expect(Math.max(...pages.map(({ items }) => items.length))).toBeLessThanOrEqual(limit);
    }),
    runs,
  );
