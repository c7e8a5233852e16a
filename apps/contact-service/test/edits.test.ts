import { contactIdOfAcme } from '@contact-sync/domain';
import { beforeEach, describe, expect, it } from 'vitest';
import { createEditing, input } from './editing.ts';
import { deleted, updated } from './event-builder.ts';

describe('edits of contacts by the API', () => {
  let { test, send, create, historyOf, become } = {} as Awaited<ReturnType<typeof createEditing>>;
  const crm = contactIdOfAcme('7');

  beforeEach(async () => {
    ({ test, send, create, historyOf, become } = await createEditing());
  });

  it('makes a contact, tells where it is, and notes who made it', async () => {
    const answer = await send(
      'POST',
      '',
      {},
      { ...input, tags: ['navy'], address: { ...noAddress, city: 'NYC' } },
    );
    expect(answer.statusCode).toBe(201);
    const contact = answer.json();
    expect(contact).toMatchObject({
      ...input,
      tags: ['navy'],
      phone: null,
      source: 'api',
      sourceId: null,
      version: 1,
    });
    expect(answer.headers).toMatchObject({ etag: '"1"', location: `/api/v1/contacts/${contact.id}` });
    expect((await test.get(`/api/v1/contacts/${contact.id}`)).json()).toEqual(contact);
    expect(await historyOf(contact.id)).toMatchObject([{ sequence: 1, by: 'user:user-1', version: 1 }]);
  });

  const noAddress = { street: null, city: null, state: null, zipCode: null, country: null };

  it.each([
    [{ ...input, id: crm }, ['/id']],
    [{ ...input, version: 9, roles: ['admin'] }, ['/version', '/roles']],
    [{ firstName: 'Grace' }, ['/lastName', '/email']],
    [{ ...input, email: 'nobody', status: 'gone' }, ['/email', '/status']],
    [{ ...input, notes: 'x\u0000' }, ['/notes']],
    [{ ...input, notes: 'x\ud800' }, ['/notes']],
    [{ ...input, firstName: 'x'.repeat(101) }, ['/firstName']],
  ])('refuses %j with pointers', async (body, pointers) => {
    const answer = await send('POST', '', {}, body);
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'INVALID_BODY']);
    expect(
      answer
        .json()
        .errors.map(({ pointer }: { pointer: string }) => pointer)
        .sort(),
    ).toEqual(pointers.sort());
  });

  it('writes edits of one contact that come at once one after the other, each onto what the one before it made', async () => {
    const { id } = await create();
    const titles = Array.from({ length: 20 }, (_, number) => `Title ${number}`);
    const answers = await Promise.all(
      titles.map((title) => send('PATCH', `/${id}`, { 'if-match': '*' }, { title })),
    );
    expect(answers.map((answer) => [answer.statusCode, answer.json().title])).toEqual(
      titles.map((title) => [200, title]),
    );
    expect(answers.map((answer) => answer.json().version)).toEqual(titles.map((_, number) => number + 2));
    const history = await test.store.history(id, { limit: 100 });
    expect(history.map(({ version }) => version)).toEqual(
      Array.from({ length: 21 }, (_, number) => 21 - number),
    );
  });

  it('lets one of many conditional edits that come at once win, and tells the others that it has', async () => {
    const { id } = await create();
    const answers = await Promise.all(
      ['a', 'b', 'c'].map((title) => send('PATCH', `/${id}`, { 'if-match': '"1"' }, { title })),
    );
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 412, 412]);
    expect((await test.get(`/api/v1/contacts/${id}`)).json().version).toBe(2);
  });

  it('patches the named fields only, empties by null, and notes old and new value', async () => {
    const { id } = await create({ ...input, company: 'Navy', title: 'Cdr', customFields: { a: 1, b: 2 } });
    const answer = await send(
      'PATCH',
      `/${id}`,
      { 'if-match': '"1"', 'content-type': 'application/merge-patch+json' },
      {
        company: 'Yale',
        title: null,
        customFields: { b: null, c: true },
        address: { city: 'Arlington' },
      },
    );
    expect([answer.statusCode, answer.headers.etag]).toEqual([200, '"2"']);
    expect(answer.json()).toMatchObject({
      company: 'Yale',
      title: null,
      customFields: { a: 1, c: true },
      address: { ...noAddress, city: 'Arlington' },
      version: 2,
    });
    const [entry] = await historyOf(id);
    expect(entry?.changes).toEqual(
      expect.arrayContaining([
        { field: 'company', from: 'Navy', to: 'Yale' },
        { field: 'title', from: 'Cdr', to: null },
        { field: 'customFields.b', from: 2, to: null },
      ]),
    );
  });

  it('takes a part of an address by every write; what is left out of it is empty, and stays by PATCH', async () => {
    const body = { ...input, address: { city: 'Arlington' } };
    const made = await send('POST', '', {}, body);
    expect([made.statusCode, made.json().address]).toEqual([201, { ...noAddress, city: 'Arlington' }]);
    const { id } = made.json();
    const patched = await send('PATCH', `/${id}`, { 'if-match': '*' }, { address: { state: 'VA' } });
    expect(patched.json().address).toEqual({ ...noAddress, city: 'Arlington', state: 'VA' });
    const put = await send('PUT', `/${id}`, { 'if-match': '*' }, body);
    expect([put.statusCode, put.json().address]).toEqual([200, { ...noAddress, city: 'Arlington' }]);
    const emptied = await send('PUT', `/${id}`, { 'if-match': '*' }, { ...input, address: {} });
    expect(emptied.json().address).toBeNull();
    const unknown = await send('POST', '', {}, { ...input, address: { town: 'Arlington' } });
    expect(unknown.json().errors).toContainEqual({
      pointer: '/address/town',
      detail: 'is not a known member',
    });
  });

  it('answers an empty patch with the contact as it is, on the same condition as any other', async () => {
    const contact = await create();
    const answer = await send('PATCH', `/${contact.id}`, { 'if-match': '"1"' }, {});
    expect([answer.statusCode, answer.headers.etag, answer.json()]).toEqual([200, '"1"', contact]);
    expect((await send('PATCH', `/${contact.id}`, {}, {})).statusCode).toBe(428);
    expect(await historyOf(contact.id)).toHaveLength(1);
  });

  it('reads an id in capitals on every route, and writes it in lower case', async () => {
    await test.apply(updated({ id: '7', acme_version: 1 }));
    const id = crm.toUpperCase();
    const key = { 'if-match': '*', 'idempotency-key': 'k' };
    const answers = [
      await send('GET', `/${id}`),
      await send('GET', `/${id}/acme`),
      await send('GET', `/${id}/history`),
      await send('PATCH', `/${id}`, key, { title: 'a' }),
      await send('PUT', `/${id}`, { 'if-match': '*' }, { ...input, title: 'b' }),
      await send('DELETE', `/${id}`, { 'if-match': '*' }),
      await send('POST', `/${id}/restore`),
    ];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200, 200, 204, 200]);
    expect(answers[6]?.json().id).toBe(crm);
    const repeat = await send('PATCH', `/${crm}`, key, { title: 'a' });
    expect(repeat.body).toBe(answers[3]?.body);
  });

  it('makes no version and no history of a patch that changes nothing', async () => {
    const { id } = await create();
    const answer = await send('PATCH', `/${id}`, { 'if-match': '"1"' }, { firstName: 'Grace' });
    expect([answer.statusCode, answer.json().version]).toEqual([200, 1]);
    expect(await historyOf(id)).toHaveLength(1);
  });

  it('refuses a patch that would leave a required field empty', async () => {
    const { id } = await create();
    const answer = await send('PATCH', `/${id}`, { 'if-match': '"1"' }, { email: null });
    expect([answer.statusCode, answer.json().errors]).toEqual([
      400,
      [{ pointer: '/email', detail: 'is required' }],
    ]);
  });

  it('replaces a contact whole: what is left out becomes empty', async () => {
    const { id } = await create({ ...input, company: 'Navy', tags: ['a'] });
    const answer = await send('PUT', `/${id}`, { 'if-match': '"1"' }, { ...input, title: 'Adm' });
    expect(answer.json()).toMatchObject({ company: null, tags: [], title: 'Adm', version: 2 });
  });

  it.each(['PUT', 'PATCH', 'DELETE'] as const)(
    'keeps the stored contact on %s without or with an older version',
    async (method) => {
      const { id } = await create();
      await send('PATCH', `/${id}`, { 'if-match': '"1"' }, { title: 'Adm' });
      const body = method === 'DELETE' ? undefined : { ...input, title: 'lost' };
      const without = await send(method, `/${id}`, {}, body);
      expect([without.statusCode, without.json().code]).toEqual([428, 'PRECONDITION_REQUIRED']);
      for (const tag of ['"1"', 'W/"2"', '"x", "y"']) {
        const stale = await send(method, `/${id}`, { 'if-match': tag }, body);
        expect([stale.statusCode, stale.json().code]).toEqual([412, 'PRECONDITION_FAILED']);
      }
      expect(await test.store.contact(id)).toMatchObject({ title: 'Adm', version: 2 });
      expect((await send(method, `/${id}`, { 'if-match': 'no tag' }, body)).json().code).toBe(
        'INVALID_HEADER',
      );
    },
  );

  it('deletes softly, refuses edits meanwhile, and restores', async () => {
    const { id } = await create();
    const gone = await send('DELETE', `/${id}`, { 'if-match': '*' });
    expect([gone.statusCode, gone.body]).toEqual([204, '']);
    expect((await test.get(`/api/v1/contacts/${id}`)).json()).toMatchObject({
      ...input,
      deletedAt: expect.any(String),
    });
    expect((await send('DELETE', `/${id}`, { 'if-match': '"1"' })).statusCode).toBe(204);
    const edit = await send('PATCH', `/${id}`, { 'if-match': '"2"' }, { title: 'Adm' });
    expect([edit.statusCode, edit.json().code]).toEqual([409, 'CONTACT_DELETED']);
    const restored = await send('POST', `/${id}/restore`);
    expect([restored.statusCode, restored.json().version]).toEqual([200, 3]);
    expect(restored.json()).not.toHaveProperty('deletedAt');
    expect(await historyOf(id)).toHaveLength(3);
  });

  it('answers 404 for a contact that is not there, or known by its delete alone', async () => {
    await test.apply(deleted({ id: '7', acme_version: 3 }));
    expect((await send('POST', `/${crm}/restore`)).statusCode).toBe(404);
    expect((await send('PATCH', `/${crm}`, { 'if-match': '*' }, { title: 'x' })).statusCode).toBe(404);
  });

  it('keeps a local edit between two CRM versions that do not touch it', async () => {
    await test.apply(updated({ id: '7', acme_version: 1, acme_title: 'Countess' }));
    await send('PATCH', `/${crm}`, { 'if-match': '"1"' }, { company: 'Analytical Engines' });
    await test.apply(updated({ id: '7', acme_version: 2, acme_title: 'Lady' }));
    expect(await test.store.contact(crm)).toMatchObject({
      company: 'Analytical Engines',
      title: 'Lady',
      version: 3,
    });
  });

  it('answers 304 to a reader that has this version', async () => {
    const { id } = await create();
    const read = (tag: string) => send('GET', `/${id}`, { 'if-none-match': tag });
    expect([
      (await read('"1"')).statusCode,
      (await read('W/"1"')).statusCode,
      (await read('"2"')).statusCode,
    ]).toEqual([304, 304, 200]);
  });

  it.each(['PUT', 'PATCH'] as const)(
    'refuses %s of a deleted contact with 409, and keeps it',
    async (method) => {
      const { id } = await create();
      await send('DELETE', `/${id}`, { 'if-match': '"1"' });
      const edit = await send(method, `/${id}`, { 'if-match': '"2"' }, { ...input, title: 'Adm' });
      expect([edit.statusCode, edit.json().code]).toEqual([409, 'CONTACT_DELETED']);
      expect(await test.store.contact(id)).toMatchObject({ title: null, version: 2 });
    },
  );

  it('deletes a deleted contact once more without another version, and asks for If-Match all the same', async () => {
    const { id } = await create();
    await send('DELETE', `/${id}`, { 'if-match': '"1"' });
    const again = await send('DELETE', `/${id}`, { 'if-match': '"2"' });
    expect([again.statusCode, again.headers.etag, again.body]).toEqual([204, '"2"', '']);
    expect((await send('DELETE', `/${id}`)).statusCode).toBe(428);
    expect(await historyOf(id)).toHaveLength(2);
  });

  it('restores on condition where one is given, and a live contact stays as it is', async () => {
    const { id } = await create();
    await send('DELETE', `/${id}`, { 'if-match': '"1"' });
    expect((await send('POST', `/${id}/restore`, { 'if-match': '"1"' })).statusCode).toBe(412);
    const restored = await send('POST', `/${id}/restore`, { 'if-match': '"2"' });
    expect([restored.statusCode, restored.headers.etag]).toEqual([200, '"3"']);
    const live = await send('POST', `/${id}/restore`);
    expect([live.statusCode, live.headers.etag, live.json().version]).toEqual([200, '"3"', 3]);
    expect(await historyOf(id)).toHaveLength(3);
  });

  it('sends the version as ETag with every answer that holds a contact, 304 among them', async () => {
    const made = await send('POST', '', {}, input);
    const { id } = made.json();
    const put = await send('PUT', `/${id}`, { 'if-match': '"1"' }, { ...input, title: 'a' });
    const patched = await send('PATCH', `/${id}`, { 'if-match': '"2"' }, { title: 'b' });
    const idle = await send('PATCH', `/${id}`, { 'if-match': '"3"' }, { title: 'b' });
    const read = await test.get(`/api/v1/contacts/${id}`);
    const same = await send('GET', `/${id}`, { 'if-none-match': '"3"' });
    const answers = [made, put, patched, idle, read, same];
    expect(answers.map(({ statusCode, headers }) => [statusCode, headers.etag])).toEqual([
      [201, '"1"'],
      [200, '"2"'],
      [200, '"3"'],
      [200, '"3"'],
      [200, '"3"'],
      [304, '"3"'],
    ]);
  });

  it.each([
    ['PUT', '', 'GET, HEAD, POST'],
    ['POST', `/${contactIdOfAcme('7')}`, 'DELETE, GET, HEAD, PATCH, PUT'],
    ['DELETE', `/${contactIdOfAcme('7')}/history`, 'GET, HEAD'],
    ['PATCH', `/${contactIdOfAcme('7')}/restore`, 'POST'],
  ] as const)('answers %s of %s with 405 and what is allowed', async (method, url, allow) => {
    const answer = await send(method, url, { 'if-match': '*' }, input);
    expect([answer.statusCode, answer.headers['allow']]).toEqual([405, allow]);
  });

  it('is closed to a viewer', async () => {
    become(test.issuer.userToken('viewer'));
    expect((await send('POST', '', {}, input)).statusCode).toBe(403);
  });
});
