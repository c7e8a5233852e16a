import { createContact, emptyContactFields } from '@contact-sync/domain';
import { beforeEach, describe, expect, it } from 'vitest';
import { idOfKeyedCreate } from '../src/domain/idempotency.ts';
import { createEditing, input } from './editing.ts';

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
});
