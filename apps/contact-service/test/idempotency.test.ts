import { createContact, emptyContactFields } from '@contact-sync/domain';
import { beforeEach, describe, expect, it } from 'vitest';
import { idOfKeyedCreate } from '../src/domain/idempotency.ts';
import type { ContactStore } from '../src/ports.ts';
import { createEditing, input } from './editing.ts';

/** Reads then take a turn of the event loop, so that edits which come at once find each other under way. */
const takeTurns = (store: ContactStore): void => {
  const { loadForEdit } = store;
  store.loadForEdit = async (...asked) => {
    await new Promise((resolve) => setImmediate(resolve));
    return loadForEdit(...asked);
  };
};

describe('an edit with an Idempotency-Key', () => {
  let { test, send, create, historyOf, become } = {} as Awaited<ReturnType<typeof createEditing>>;

  beforeEach(async () => {
    ({ test, send, create, historyOf, become } = await createEditing());
  });

  const key = { 'idempotency-key': 'k-1' };

  it('makes one contact however often it is asked, and answers the same', async () => {
    const first = await send('POST', '', key, input);
    const again = await send('POST', '', key, input);
    expect([again.statusCode, again.body, again.headers.etag]).toEqual([201, first.body, first.headers.etag]);
    expect(await historyOf(first.json().id)).toHaveLength(1);
  });

  it('answers a repeat before it looks at If-Match or state', async () => {
    const { id } = await create();
    const first = await send('PATCH', `/${id}`, { ...key, 'if-match': '"1"' }, { title: 'Adm' });
    await send('DELETE', `/${id}`, { 'if-match': '"2"' });
    const again = await send('PATCH', `/${id}`, { ...key, 'if-match': '"1"' }, { title: 'Adm' });
    expect([again.statusCode, again.body]).toEqual([200, first.body]);
  });

  it('stores the answer of a request that changes nothing', async () => {
    const { id } = await create();
    const first = await send('PATCH', `/${id}`, { ...key, 'if-match': '"1"' }, { firstName: 'Grace' });
    await send('PATCH', `/${id}`, { 'if-match': '"1"' }, { title: 'Adm' });
    const again = await send('PATCH', `/${id}`, { ...key, 'if-match': '"1"' }, { firstName: 'Grace' });
    expect([again.statusCode, again.body]).toEqual([200, first.body]);
  });

  it('does not make a contact again whose answer is no longer kept', async () => {
    const id = idOfKeyedCreate({ principal: 'user:user-1', key: 'k-1' });
    const [before] = await test.store.load([id]);
    if (!before) throw new Error('a snapshot is always read');
    const made = createContact(
      id,
      { ...input, ...emptyContactFields },
      { by: 'user:user-1', now: '2026-01-01T00:00:00.000Z' },
    );
    await test.store.commit([
      { id, before, mirror: null, contact: made.contact, history: [made.history], outgoing: [made] },
    ]);
    const late = await send('POST', '', key, input);
    expect([late.statusCode, late.json().code]).toEqual([409, 'IDEMPOTENCY_KEY_EXPIRED']);
    expect(await historyOf(id)).toHaveLength(1);
  });

  it('answers a repeat of a delete and of a restore as the first time', async () => {
    const { id } = await create();
    const gone = await send('DELETE', `/${id}`, { ...key, 'if-match': '"1"' });
    const back = await send('POST', `/${id}/restore`, key);
    const goneAgain = await send('DELETE', `/${id}`, { ...key, 'if-match': '"1"' });
    const backAgain = await send('POST', `/${id}/restore`, key);
    expect([goneAgain.statusCode, goneAgain.headers.etag]).toEqual([gone.statusCode, gone.headers.etag]);
    expect([backAgain.statusCode, backAgain.body]).toEqual([200, back.body]);
    expect(await historyOf(id)).toHaveLength(3);
  });

  it('refuses the same key with another body', async () => {
    await send('POST', '', key, input);
    const other = await send('POST', '', key, { ...input, title: 'Adm' });
    expect([other.statusCode, other.json().code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
  });

  it('takes the same key of another person, or on another contact, for another request', async () => {
    const first = await send('POST', '', key, input);
    become(test.issuer.userToken('editor', { sub: 'user-2' }));
    const second = await send('POST', '', key, input);
    expect(second.statusCode).toBe(201);
    expect(second.json().id).not.toBe(first.json().id);
  });

  it('does not store a refusal', async () => {
    const { id } = await create();
    expect((await send('PATCH', `/${id}`, { ...key, 'if-match': '"9"' }, { title: 'Adm' })).statusCode).toBe(
      412,
    );
    expect((await send('PATCH', `/${id}`, { ...key, 'if-match': '"1"' }, { title: 'Adm' })).statusCode).toBe(
      200,
    );
  });

  it('makes one change of parallel repeats', async () => {
    const { id } = await create();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () =>
        send('PATCH', `/${id}`, { ...key, 'if-match': '"1"' }, { title: 'Adm' }),
      ),
    );
    expect(new Set(answers.map(({ statusCode, body }) => `${statusCode} ${body}`)).size).toBe(1);
    expect(await historyOf(id)).toHaveLength(2);
  });

  it('refuses a second body under a key that is still under way, and nobody who edits beside it pays for that', async () => {
    const { id } = await create();
    takeTurns(test.store);
    const patch = (title: string, headers = {}) =>
      send('PATCH', `/${id}`, { 'if-match': '*', ...headers }, { title });
    const answers = await Promise.all([
      patch('first', key),
      patch('other', key),
      patch('innocent'),
      patch('another'),
    ]);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 422, 200, 200]);
    expect(answers[1]?.json().code).toBe('IDEMPOTENCY_KEY_REUSED');
    const titles = (await historyOf(id)).slice(0, -1).map(({ changes }) => changes[0]?.to);
    expect(titles).toEqual(['another', 'innocent', 'first']);
  });

  it('fails alone among edits that are written together, whatever it is refused for', async () => {
    const { id } = await create();
    takeTurns(test.store);
    const edit = (headers: Record<string, string>, payload: object, method: 'PATCH' | 'PUT' = 'PATCH') =>
      send(method, `/${id}`, headers, payload);
    const answers = await Promise.all([
      edit({ 'if-match': '*' }, { title: 'holds the line' }),
      edit({ 'if-match': '"9"', ...key }, { title: 'stale' }),
      edit({ ...key }, { title: 'unconditional' }),
      edit({ 'if-match': '*', ...key }, { email: null }),
      edit({ 'if-match': '*' }, input, 'PUT'),
      edit({ 'if-match': '*', 'idempotency-key': 'k-2' }, { title: 'kept' }),
      edit({ 'if-match': '*' }, { title: 'x'.repeat(100) }),
    ]);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 412, 428, 400, 200, 200, 200]);
  });

  it('of different keys that come at once stores an answer for each', async () => {
    const { id } = await create();
    takeTurns(test.store);
    const edits = (): Promise<{ statusCode: number; body: string }[]> =>
      Promise.all(
        ['a', 'b', 'c'].map((title) =>
          send('PATCH', `/${id}`, { 'if-match': '*', 'idempotency-key': `k-${title}` }, { title }),
        ),
      );
    const first = await edits();
    expect(first.map(({ body }) => JSON.parse(body).version)).toEqual([2, 3, 4]);
    expect((await edits()).map(({ body }) => body)).toEqual(first.map(({ body }) => body));
    expect(await historyOf(id)).toHaveLength(4);
  });
});
