import { contactIdOfAcme } from '@contact-sync/domain';
import { beforeEach, describe, expect, it } from 'vitest';
import { sweepRound } from '../src/use-cases/sweep-tombstones.ts';
import { deleted, updated } from './event-builder.ts';
import { createTestApp } from './test-app.ts';

describe('a contact whose tombstone was swept', () => {
  let test: Awaited<ReturnType<typeof createTestApp>>;
  const id = contactIdOfAcme('7');
  beforeEach(async () => {
    test = await createTestApp();
    await test.apply(updated({ id: '7', acme_version: 1 }), deleted({ id: '7', acme_version: 2 }));
    await sweepRound({ store: test.store, now: () => new Date().toISOString() }, 0);
  });

  const ask = (method: 'GET' | 'PATCH' | 'PUT' | 'DELETE' | 'POST', path: string, payload?: object) =>
    test.app.inject({
      method,
      url: `/api/v1/contacts${path}`,
      headers: { authorization: `Bearer ${test.issuer.userToken('editor')}`, 'if-match': '*' },
      ...(payload && { payload }),
    });

  it('is 404 to readers and writers, in no list, and AcmeCRM’s word of it is still there without content', async () => {
    const person = { firstName: 'Ada', lastName: 'Lovelace', email: 'ada@example.com' };
    const answers = await Promise.all([
      ask('GET', `/${id}`),
      ask('PATCH', `/${id}`, { title: 'X' }),
      ask('PUT', `/${id}`, person),
      ask('DELETE', `/${id}`),
      ask('POST', `/${id}/restore`),
      ask('GET', `/${id}/history`),
    ]);
    expect(answers.map((answer) => [answer.statusCode, answer.json().code])).toEqual(
      answers.map(() => [404, 'CONTACT_NOT_FOUND']),
    );
    expect((await ask('GET', '?includeDeleted=true')).json().items).toEqual([]);
    expect((await ask('GET', `/${id}/acme`)).json()).toMatchObject({
      sourceVersion: 2,
      deleted: true,
      record: null,
    });
  });

  it('comes back with AcmeCRM’s next version, counted on', async () => {
    await test.apply(updated({ id: '7', acme_version: 3 }));
    const answer = await ask('GET', `/${id}`);
    expect([answer.statusCode, answer.headers['etag']]).toEqual([200, '"3"']);
  });
});
