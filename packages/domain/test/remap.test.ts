import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fieldsOfContact, isDeleted } from '../src/index.ts';
import { propertyRuns } from '../src/property-runs.ts';
import { ContactBook } from './contact-book.ts';
import { flat } from './merge-model.ts';
import { simpleMapping } from './simple-mapping.ts';
import { type Step, stepsInTime } from './step-arbitraries.ts';

const quiet = simpleMapping({ id: 'quiet' });
const loud = simpleMapping({ id: 'loud', loud: true });

const follow = (book: ContactBook, steps: readonly Step[]): void => {
  for (const step of steps) {
    if (step.kind === 'event') book.take(step.sending.event);
    if (book.contact === null) continue;
    if (step.kind === 'edit') book.edit(step.fields);
    if (step.kind === 'delete') book.delete();
    if (step.kind === 'restore') book.restore();
  }
};

/** After these steps under `quiet`, with `loud` in force. */
const bookAfter = (steps: readonly Step[]): ContactBook => {
  const book = new ContactBook(quiet);
  follow(book, steps);
  book.mapping = loud;
  return book;
};

const fieldsIn = (book: ContactBook) => flat(fieldsOfContact(book.whole));

const eventsOnly = (steps: readonly Step[]): Step[] => steps.filter(({ kind }) => kind === 'event');

describe('a remap after any history', () => {
  test('moves exactly the fields that are as they were taken, and keeps every edit', () => {
    const law = fc.property(stepsInTime, (steps) => {
      const book = bookAfter(steps);
      const { mirror, contact } = book;
      if (!mirror?.record || !mirror.base || contact === null) {
        expect(book.remap()).toEqual({ kind: 'current' });
        return;
      }
      const [before, base] = [fieldsIn(book), flat(mirror.base.fields)];
      const mapped = flat(loud.toContact(mirror.record).contact);
      book.remap();
      const names = [...new Set([...Object.keys(before), ...Object.keys(mapped)])];
      const expected = names.map((name) => [name, before[name] === base[name] ? mapped[name] : before[name]]);
      const after = fieldsIn(book);
      expect(names.map((name) => [name, after[name]])).toEqual(expected);
      expect(isDeleted(book.whole)).toBe(isDeleted(contact));
    });
    fc.assert(law, propertyRuns('remap', 2_000));
  });

  test('is done once: a second time finds nothing to do', () => {
    const law = fc.property(stepsInTime, (steps) => {
      const book = bookAfter(steps);
      book.remap();
      const { mirror, contact } = book;
      expect(book.remap()).toEqual({ kind: 'current' });
      expect([book.mirror, book.contact]).toEqual([mirror, contact]);
    });
    fc.assert(law, propertyRuns('remap once', 500));
  });

  test('ends in the same contact before the later events of AcmeCRM as after them', () => {
    const law = fc.property(stepsInTime, fc.nat(20), (steps, moment) => {
      const [one, other] = [bookAfter(steps.slice(0, moment)), bookAfter(steps.slice(0, moment))];
      const later = eventsOnly(steps.slice(moment));
      one.remap();
      follow(one, later);
      follow(other, later);
      other.remap();
      expect([one.mirror?.base, one.mirror?.sourceVersion]).toEqual([
        other.mirror?.base,
        other.mirror?.sourceVersion,
      ]);
      if (one.contact === null || other.contact === null) {
        expect(one.contact).toEqual(other.contact);
        return;
      }
      expect(fieldsIn(one)).toEqual(fieldsIn(other));
      expect(isDeleted(one.whole)).toBe(isDeleted(other.whole));
    });
    fc.assert(law, propertyRuns('remap commutes', 1_000));
  });
});
