import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Decision, type FieldChange, fieldsOfContact } from '../src/index.ts';
import { propertyRuns } from '../src/property-runs.ts';
import { ContactBook } from './contact-book.ts';
import { type Flat, flat, isEqual, MergeModel } from './merge-model.ts';
import { simpleMapping } from './simple-mapping.ts';
import { type Step, stepsInTime } from './step-arbitraries.ts';

const ownedHere = ['title', 'tags', 'customFields.tier'];
const mappings = [
  simpleMapping({ id: 'quiet', ownedHere }),
  simpleMapping({ id: 'loud', loud: true, ownedHere }),
] as const;

const outcomeOf = (decision: Decision): string => {
  if (decision.kind === 'fault') return decision.code;
  return decision.kind === 'recorded' ? `recorded ${decision.fate}` : decision.fate;
};

/** Both told of one step; what each says came of it. */
const tell = (step: Step, book: ContactBook, model: MergeModel): readonly [string, string] => {
  if (step.kind === 'event') {
    return [outcomeOf(book.take(step.sending.event)), model.receive(step.sending, book.mapping)];
  }
  model.lost = {};
  if (step.kind === 'switch') {
    book.mapping = book.mapping.id === 'quiet' ? mappings[1] : mappings[0];
    return ['', ''];
  }
  if (step.kind === 'remap') return [book.remap().kind, model.remap(book.mapping)];
  if (book.contact === null) return ['', ''];
  if (step.kind === 'edit') {
    const fields = flat({ ...fieldsOfContact(book.whole), ...step.fields });
    return [book.edit(step.fields).kind, model.edit(fields)];
  }
  return step.kind === 'delete'
    ? [book.delete().kind, model.setDeleted(true)]
    : [book.restore().kind, model.setDeleted(false)];
};

const stateOf = (book: ContactBook): Flat =>
  book.contact === null
    ? {}
    : { ...flat(fieldsOfContact(book.whole)), deleted: book.whole.deletedAt ? 'true' : 'false' };

const emptyText: Flat = { tags: '[]', deleted: 'false' };

/** A field as history speaks of it: null where there is nothing. */
const textOf = (state: Flat, field: string): string => state[field] ?? emptyText[field] ?? 'null';

/** Fields whose way from `before` to `after` history does not tell, or tells wrongly. */
const untold = (before: Flat, after: Flat, changes: readonly FieldChange[]): readonly string[] => {
  const told = new Map(changes.map((change) => [change.field, change]));
  return [...new Set([...Object.keys(before), ...Object.keys(after), ...told.keys()])].filter((field) => {
    const [from, to] = [textOf(before, field), textOf(after, field)];
    const change = told.get(field);
    if (change === undefined) return from !== to;
    return JSON.stringify(change.from) !== from || JSON.stringify(change.to) !== to;
  });
};

const lostIn = (changes: readonly FieldChange[]): Flat =>
  Object.fromEntries(
    changes.flatMap(({ field, lost }) => (lost === undefined ? [] : [[field, JSON.stringify(lost)]])),
  );

test('with local edits each step does what the model says, and history tells of every value that went', () => {
  const law = fc.property(stepsInTime, (history) => {
    const book = new ContactBook(mappings[0]);
    const model = new MergeModel();
    for (const step of history) {
      const before = stateOf(book);
      const { length } = book.history;
      const [said, expected] = tell(step, book, model);
      const entries = book.history.slice(length);
      const changes = entries.flatMap((entry) => entry.changes);
      const { deleted, ...fields } = stateOf(book);
      const { ours } = model;
      expect({
        outcome: said,
        entries: entries.length,
        isAsModelled: isEqual(fields, ours?.fields ?? {}),
        deleted,
        version: book.contact?.version,
        events: book.outgoing.length,
        untold: untold(before, stateOf(book), changes),
        lost: lostIn(changes),
      }).toEqual({
        outcome: expected,
        entries: ['applied', 'edited', 'remapped'].includes(said) ? 1 : 0,
        isAsModelled: true,
        deleted: ours ? String(ours.deleted) : undefined,
        version: ours?.version,
        events: ours?.version ?? 0,
        untold: [],
        lost: model.lost,
      });
    }
  });
  fc.assert(law, propertyRuns('local edits', 2_000));
});
