import { AppError, createContact, emptyContactFields, limits, replaceContact } from '@contact-sync/domain';
import { beforeEach, expect, test } from 'vitest';
import { createInMemoryContactStore } from '../../test/in-memory-contact-store.ts';
import { createEditContact, type EditContact } from './edit-contact.ts';
import { answerWithContact, type EditRules, existing } from './plan-edits.ts';

const id = '0192d7e8-0000-7000-8000-000000000000';
const fields = { ...emptyContactFields, firstName: 'Grace', lastName: 'Hopper', email: 'grace@example.com' };

let store: ReturnType<typeof createInMemoryContactStore>;
let edit: EditContact;

beforeEach(async () => {
  store = createInMemoryContactStore({ historyLimit: 100 });
  edit = createEditContact({ store, now: () => '2026-01-01T00:00:00.000Z' });
  await edit(
    { id, by: 'user:1' },
    { edit: (_, editor) => createContact(id, fields, editor), answer: answerWithContact(201) },
  );
});

/** Gives a contact a title; `fingerprint` is what a body would have. */
const entitle = (title: string, claim?: { scope: string; fingerprint: string; owner: string }) =>
  edit(
    { id, by: 'user:1', ...(claim && { claim }) },
    {
      edit: (snapshot, editor) => replaceContact(existing(snapshot), { ...fields, title }, editor),
      answer: answerWithContact(200),
    },
  );

const outcomes = async (edits: readonly Promise<{ version?: number }>[]) =>
  (await Promise.allSettled(edits)).map((outcome) =>
    outcome.status === 'fulfilled' ? outcome.value.version : outcome.reason.code,
  );

test('a second body under a key that is under way is refused, and edits beside it are not', async () => {
  const edits = [
    entitle('a', { scope: 's', fingerprint: 'a', owner: 'o' }),
    entitle('b', { scope: 's', fingerprint: 'b', owner: 'o' }),
    entitle('c'),
    entitle('d'),
  ];
  expect(await outcomes(edits)).toEqual([2, 'IDEMPOTENCY_KEY_REUSED', 3, 4]);
});

test('edits with keys of their own are written together, each with its stored answer', async () => {
  const commits: number[] = [];
  const { commit } = store;
  store.commit = (writes) => {
    commits.push(writes.length);
    return commit(writes);
  };
  const titles = ['a', 'b', 'c', 'd'];
  const ask = () => titles.map((title) => entitle(title, { scope: title, fingerprint: title, owner: 'o' }));
  expect(await outcomes(ask())).toEqual([2, 3, 4, 5]);
  expect(commits).toEqual([1, 1]);
  expect(await outcomes(ask())).toEqual([2, 3, 4, 5]);
  expect(commits).toEqual([1, 1]);
});

test('repeats that come together are one change', async () => {
  const claim = { scope: 's', fingerprint: 'a', owner: 'o' };
  expect(await outcomes([entitle('x'), entitle('a', claim), entitle('a', claim)])).toEqual([2, 3, 3]);
});

test('a repeat whose first try is written by somebody else after it began is answered as that one was', async () => {
  const request = { id, by: 'user:1', claim: { scope: 's', fingerprint: 'a', owner: 'o' } };
  const rules: EditRules = {
    edit: (snapshot, editor) => {
      const contact = existing(snapshot);
      if (contact.version !== 1) throw new AppError('PRECONDITION_FAILED', { message: 'It has moved.' });
      return replaceContact(contact, { ...fields, title: 'a' }, editor);
    },
    answer: answerWithContact(200),
  };
  const copy = createEditContact({ store: { ...store }, now: () => '2026-01-01T00:00:00.000Z' });
  const { loadForEdit } = store;
  let first: unknown;
  store.loadForEdit = async (asked) => {
    first ??= await copy(request, rules);
    return loadForEdit(asked);
  };
  expect(await edit(request, rules)).toEqual(first);
  expect(await store.history(id, { limit: 9 })).toHaveLength(2);
});

test('only who lost twenty races is told so; who came meanwhile has tries of their own', async () => {
  const { commit } = store;
  let races = 0;
  store.commit = async (writes) => {
    races += 1;
    return races <= 20 ? writes.map(() => 'moved') : commit(writes);
  };
  expect(await outcomes([entitle('a'), entitle('b')])).toEqual(['CONFLICT', 2]);
});

test('a store that is away fails all who wait for it at once', async () => {
  let tries = 0;
  store.loadForEdit = async () => {
    tries += 1;
    throw Object.assign(new Error('away'), { code: 'DEPENDENCY_UNAVAILABLE' });
  };
  expect(await outcomes([entitle('a'), entitle('b'), entitle('c')])).toEqual(
    Array.from({ length: 3 }, () => 'DEPENDENCY_UNAVAILABLE'),
  );
  expect(tries).toBe(1);
});

test('a repeat of an answer that is too long to be kept is made of the contact as long as that stands', async () => {
  const long = { ...fields, notes: 'x'.repeat(limits.keptBodyLength) };
  const request = { id, by: 'user:1', claim: { scope: 's', fingerprint: 'a', owner: 'o' } };
  const rules: EditRules = {
    edit: (snapshot, editor) => replaceContact(existing(snapshot), long, editor),
    answer: answerWithContact(200),
  };
  const first = await edit(request, rules);
  const kept = (await store.answers(id, ['s'])).get('s');
  expect(JSON.stringify(kept).length).toBeLessThan(200);
  expect(await edit(request, rules)).toEqual(first);
  await entitle('moved on');
  expect(await outcomes([edit(request, rules)])).toEqual(['IDEMPOTENCY_KEY_EXPIRED']);
  expect((await store.history(id, { limit: 9 })).length).toBe(3);
});
