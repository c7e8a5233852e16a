import { contactIdOfAcme } from '@contact-sync/domain';
import { beforeEach, describe, expect, it } from 'vitest';
import { deleted, updated } from './event-builder.ts';
import { createTestApp } from './test-app.ts';

describe('/api/v1/contacts', () => {
  let test: Awaited<ReturnType<typeof createTestApp>>;
  const id = contactIdOfAcme('7');
  beforeEach(async () => {
    test = await createTestApp();
  });

  it('serves a contact whole, with its version as a strong ETag', async () => {
    await test.apply(
      updated({ id: '7', acme_version: 4, acme_phone: '(415) 555-2671', acme_status: 'Lead' }),
    );
    const answer = await test.get(`/api/v1/contacts/${id}`);
    expect([answer.statusCode, answer.headers.etag]).toEqual([200, '"1"']);
    expect(answer.json()).toEqual({
      id,
      firstName: 'Ada',
      lastName: 'Lovelace',
      email: 'ada@example.com',
      phone: '+14155552671',
      company: null,
      title: null,
      notes: null,
      address: null,
      status: 'lead',
      tags: [],
      customFields: {},
      source: 'acmecrm',
      sourceId: '7',
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
      version: 1,
    });
  });

  it('answers 404 for a contact that is not there or known by its delete alone', async () => {
    await test.apply(deleted({ id: '7', acme_version: 4 }));
    const answer = await test.get(`/api/v1/contacts/${id}`);
    expect([answer.statusCode, answer.json().code]).toEqual([404, 'CONTACT_NOT_FOUND']);
    expect((await test.get(`/api/v1/contacts/${contactIdOfAcme('8')}`)).statusCode).toBe(404);
    expect((await test.get(`/api/v1/contacts/${id}/acme`)).json()).toMatchObject({
      sourceVersion: 4,
      deleted: true,
      record: null,
    });
    expect((await test.get(`/api/v1/contacts/${id}/history`)).json().items).toHaveLength(1);
  });

  it("shows AcmeCRM's record as received, unknown members included", async () => {
    const event = updated({ id: '7', acme_version: 4, acme_address: 'Unter den Linden 1, 10117 Berlin' });
    await test.apply({ ...event, extra: { acme_mood: ['sunny'] } } as typeof event);
    expect((await test.get(`/api/v1/contacts/${id}/acme`)).json()).toMatchObject({
      sourceId: '7',
      sourceVersion: 4,
      deleted: false,
      record: { acme_version: 4, acme_address: 'Unter den Linden 1, 10117 Berlin', acme_mood: ['sunny'] },
    });
  });

  it('tells who changed what, newest first, page by page', async () => {
    for (let version = 1; version <= 3; version += 1) {
      await test.apply(
        updated({ id: '7', acme_version: version, acme_title: `T${version}` }, `evt_v${version}`),
      );
    }
    const first = await test.get(`/api/v1/contacts/${id}/history?limit=2`);
    expect(first.json().items).toMatchObject([
      {
        sequence: 3,
        by: 'acmecrm',
        sourceVersion: 3,
        sourceEventId: 'evt_v3',
        version: 3,
        mappingId: test.mapping.id,
        outgoingEventId: expect.any(String),
        changes: [{ field: 'title', from: 'T2', to: 'T3' }],
      },
      { sequence: 2 },
    ]);
    const rest = await test.get(`/api/v1/contacts/${id}/history?limit=2&cursor=${first.json().nextCursor}`);
    expect(rest.json().items).toMatchObject([{ sequence: 1 }]);
    expect(rest.json()).not.toHaveProperty('nextCursor');
  });

  it('lists page by page until there is no cursor', async () => {
    for (const name of ['c', 'a', 'b'])
      await test.apply(updated({ id: name, acme_version: 1, acme_last_name: name }));
    const first = await test.get('/api/v1/contacts?limit=2&sort=lastName');
    expect(first.json().items.map(({ lastName }: { lastName: string }) => lastName)).toEqual(['a', 'b']);
    const second = await test.get(`/api/v1/contacts?limit=2&sort=lastName&cursor=${first.json().nextCursor}`);
    expect(second.json().items.map(({ lastName }: { lastName: string }) => lastName)).toEqual(['c']);
    expect(second.json()).not.toHaveProperty('nextCursor');
  });

  it.each([
    ['/api/v1/contacts?limit=0', 'INVALID_PARAMETER'],
    ['/api/v1/contacts?limit=101', 'INVALID_PARAMETER'],
    ['/api/v1/contacts?sort=email', 'INVALID_PARAMETER'],
    ['/api/v1/contacts?colour=red', 'INVALID_PARAMETER'],
    ['/api/v1/contacts?cursor=%21%21', 'INVALID_CURSOR'],
    ['/api/v1/contacts/not-a-uuid', 'INVALID_PARAMETER'],
    [`/api/v1/contacts/${id}/history?cursor=abc`, 'INVALID_CURSOR'],
    [`/api/v1/contacts/${id}/history?cursor=${Buffer.from('0x10').toString('base64url')}`, 'INVALID_CURSOR'],
    [`/api/v1/contacts/${id}/history?cursor=${Buffer.from('16.0').toString('base64url')}`, 'INVALID_CURSOR'],
  ])('refuses %s with %s', async (url, code) => {
    const answer = await test.get(url);
    expect([answer.statusCode, answer.json().code]).toEqual([400, code]);
  });

  it('is closed without a token, with a machine token of another audience and without the scope', async () => {
    expect((await test.app.inject(`/api/v1/contacts/${id}`)).statusCode).toBe(401);
    expect((await test.get(`/api/v1/contacts/${id}`, test.workerToken)).statusCode).toBe(401);
    const scopeless = test.issuer.machineToken(['events:read']);
    expect((await test.get(`/api/v1/contacts/${id}`, scopeless)).statusCode).toBe(403);
  });
});

describe('/api/v1/mappings', () => {
  it('previews a record: mapped, lossy, failed and ignored', async () => {
    const test = await createTestApp();
    const record = {
      id: '7',
      acme_first_name: 'Ada',
      acme_last_name: 'Lovelace',
      acme_email: 'ada@example.com',
      acme_phone: '(415) 555-2671',
      acme_status: 'Gone',
      acme_mood: 'sunny',
      acme_version: 1,
    };
    const answer = await test.post('/api/v1/mappings/preview', { record }, test.issuer.userToken('viewer'));
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({
      mappingId: test.mapping.id,
      contact: { firstName: 'Ada', phone: '+14155552671' },
      lossy: [{ pointer: '/acme_phone', why: 'REFORMATTED' }],
      failed: [{ pointer: '/acme_status', valueType: 'string' }],
      ignored: expect.arrayContaining(['/acme_mood']),
    });
  });

  it('tells the mapping in force with its id', async () => {
    const test = await createTestApp();
    const answer = await test.get('/api/v1/mappings');
    expect(answer.json()).toMatchObject({ id: test.mapping.id, definition: { pairs: expect.any(Array) } });
  });
});
