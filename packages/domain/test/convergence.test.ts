import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isDeleted } from '../src/index.ts';
import { propertyRuns } from '../src/property-runs.ts';
import { ContactBook } from './contact-book.ts';
import { arrivalsOf, crmHistory, type Sending } from './crm-arbitraries.ts';
import { simpleMapping } from './simple-mapping.ts';

const bookAfter = (sendings: readonly Sending[], sweepAfter = -1): ContactBook => {
  const book = new ContactBook(simpleMapping({ ownedHere: ['title', 'customFields.tier'] }));
  sendings.forEach(({ event }, index) => {
    book.take(event);
    if (index === sweepAfter) book.sweep();
  });
  return book;
};

/** What the law speaks of: not when and how often something came, and not our own version. */
const endOf = (book: ContactBook) => {
  const { sourceId, sourceVersion, deleted, contentHash, record, base } = book.known;
  const flags = { sourceVersion, deleted, contactDeleted: book.contact === null || isDeleted(book.contact) };
  if (deleted) return flags;
  const { version: _, createdAt: _c, updatedAt: _u, ...contact } = book.whole;
  return { ...flags, sourceId, contentHash, record, base, contact };
};

/** The order of design rule 3: by version, deleted last. */
const rankOf = ({ event, content }: Sending): number => 2 * event.sourceVersion + (content === null ? 1 : 0);

const topOf = (sendings: readonly Sending[]): Sending =>
  sendings.reduce((top, sending) => (rankOf(sending) > rankOf(top) ? sending : top));

const arrivals = crmHistory.chain(arrivalsOf);
const twoOrders = crmHistory.chain((sent) => fc.tuple(arrivalsOf(sent), arrivalsOf(sent)));

describe('without local edits', () => {
  test('any permutation and repetition of the events ends in the same mirror and contact', () => {
    const law = fc.property(twoOrders, ([one, other]) => {
      expect(endOf(bookAfter(one))).toEqual(endOf(bookAfter(other)));
    });
    fc.assert(law, propertyRuns('convergence', 2_000));
  });

  test('that end is the highest version sent, and nothing of a lower one', () => {
    const law = fc.property(arrivals, (sendings) => {
      const book = bookAfter(sendings);
      const { event, content } = topOf(sendings);
      expect(book.known).toMatchObject({ sourceVersion: event.sourceVersion, deleted: content === null });
      if (content === null) return;
      expect(book.whole).toMatchObject({
        firstName: content.acme_first_name,
        title: content.acme_title ?? null,
        company: content.acme_company ?? null,
        notes: content.acme_notes ?? null,
        tags: content.acme_tags ?? [],
      });
      expect(book.whole.customFields).toEqual(content.acme_custom_fields ?? {});
      expect(book.whole.deletedAt).toBeUndefined();
    });
    fc.assert(law, propertyRuns('highest version', 500));
  });

  test('versions are applied in rising order, once each, and each of ours has one event', () => {
    const law = fc.property(arrivals, (sendings) => {
      const book = bookAfter([]);
      const applied = sendings.filter(({ event }) => book.take(event).kind === 'applied').map(rankOf);
      expect(applied).toEqual([...new Set(applied)].toSorted((a, b) => a - b));
      expect(book.history).toHaveLength(applied.length);
      const versions = book.outgoing.map(({ version }) => version);
      expect(versions).toEqual(versions.map((_, index) => index + 1));
      expect(new Set(book.outgoing.map(({ eventId }) => eventId)).size).toBe(versions.length);
    });
    fc.assert(law, propertyRuns('once', 500));
  });

  test('a tombstone swept at any moment changes neither the end nor our version', () => {
    const law = fc.property(arrivals, fc.nat(12), (sendings, moment) => {
      const [kept, swept] = [bookAfter(sendings), bookAfter(sendings, moment)];
      expect(endOf(swept)).toEqual(endOf(kept));
      expect(swept.contact?.version).toBe(kept.contact?.version);
    });
    fc.assert(law, propertyRuns('sweeping', 500));
  });
});
