import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Decision, decide, isStub } from '../src/index.ts';
import { propertyRuns } from '../src/property-runs.ts';
import { deletion, upsert } from './acme-events.ts';
import { ContactBook } from './contact-book.ts';
import { simpleMapping } from './simple-mapping.ts';
import { type Step, stepsInTime } from './step-arbitraries.ts';

const mappings = [simpleMapping({ id: 'quiet' }), simpleMapping({ id: 'loud', loud: true })] as const;

const follow = (book: ContactBook, step: Exclude<Step, { kind: 'event' }>): void => {
  if (step.kind === 'switch') book.mapping = book.mapping.id === 'quiet' ? mappings[1] : mappings[0];
  if (step.kind === 'remap') book.remap();
  if (book.contact === null || isStub(book.contact)) return;
  if (step.kind === 'edit') book.edit(step.fields);
  if (step.kind === 'delete') book.delete();
  if (step.kind === 'restore') book.restore();
};

/** A decision without what an event that brings no fields leaves as it was. */
const told = (decision: Decision) =>
  'mirror' in decision ? { ...decision, mirror: { ...decision.mirror, untouchedVersion: null } } : decision;

const now = '2026-03-02T00:00:00.000Z';

test('whether a contact is known to be untouched makes no difference to what an event comes to', () => {
  const law = fc.property(stepsInTime, (steps) => {
    const book = new ContactBook(mappings[0]);
    for (const step of steps) {
      if (step.kind !== 'event') {
        follow(book, step);
        continue;
      }
      const { event } = step.sending;
      const { mapping } = book;
      const { mirror, contact } = book.held;
      const merged = decide({
        mirror: mirror && { ...mirror, untouchedVersion: null },
        contact,
        event,
        mapping,
        now,
      });
      const decided = decide({ mirror, contact, event, mapping, now });
      const isTaken = decided.kind === 'applied' && event.eventType !== 'contact.deleted';
      expect(isTaken ? decided : told(decided)).toEqual(isTaken ? merged : told(merged));
      book.take(event);
    }
  });
  fc.assert(law, propertyRuns('untouched', 1_000));
});

test('the next event of an untouched contact reads neither record nor base', () => {
  const book = new ContactBook();
  book.take(upsert(1, { acme_title: 'a' }));
  const taken = (): never => {
    throw new Error('what was taken was read');
  };
  const mirror = { ...book.known, taken };
  const event = upsert(2, { acme_title: 'b' });
  const decision = decide({ mirror, contact: book.contact, event, mapping: book.mapping, now });
  expect(decision).toMatchObject({ fate: 'applied', history: { changes: [{ from: 'a', to: 'b' }] } });
});

test('a delete in AcmeCRM leaves an untouched contact untouched', () => {
  const book = new ContactBook();
  book.take(upsert(1));
  book.take(deletion(2));
  expect(book.known.untouchedVersion).toBe(book.whole.version);
});

test('an edit that takes what AcmeCRM has leaves the contact untouched again with the next event', () => {
  const book = new ContactBook();
  book.take(upsert(1, { acme_title: 'a' }));
  book.edit({ title: 'ours' });
  book.take(upsert(2, { acme_title: 'a', acme_notes: 'n' }));
  expect(book.known.untouchedVersion).toBeNull();
  book.edit({ title: 'a' });
  book.take(upsert(3, { acme_title: 'a', acme_notes: 'm' }));
  expect(book.known.untouchedVersion).toBe(book.whole.version);
});
