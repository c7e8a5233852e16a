import { acmeContact, acmeDeletion, acmeEvent, sourceEvent } from '@contact-sync/testing';
import { expect, it } from 'vitest';
import { createTestApp } from './test-app.ts';

it('tells which events made a contact, newest first, and the version that was taken last', async () => {
  const { apply, get, workerToken } = await createTestApp();
  const events = [1, 3, 2].map((version) =>
    sourceEvent(acmeEvent({ ...acmeContact(7), acme_title: `t${version}`, acme_version: version })),
  );
  const [first, third] = events;
  await apply(...events);
  const url = `/internal/contacts/${first?.contactId}/source-events`;
  const answer = await get(url, workerToken);
  expect(answer.json()).toEqual({
    sourceVersion: 3,
    isComplete: true,
    events: [
      { sequence: 2, eventId: third?.eventId, at: expect.any(String), sourceVersion: 3, version: 2 },
      { sequence: 1, eventId: first?.eventId, at: expect.any(String), sourceVersion: 1, version: 1 },
    ],
  });
  expect((await get(url)).statusCode).toBe(401);
});

it('knows a contact by its delete alone, and none of which nobody ever told', async () => {
  const { apply, get, workerToken } = await createTestApp();
  const gone = sourceEvent(acmeDeletion('acme-gone', 5));
  await apply(gone);
  const answer = await get(`/internal/contacts/${gone.contactId}/source-events`, workerToken);
  expect(answer.json()).toMatchObject({
    sourceVersion: 5,
    isComplete: true,
    events: [{ eventId: gone.eventId }],
  });
  const unknown = '/internal/contacts/7f6b1c1e-50a4-5c7b-9a55-0a3f1d2c4b6e/source-events';
  expect((await get(unknown, workerToken)).json().code).toBe('CONTACT_NOT_FOUND');
});

it('tells of a linked record what its contact has kept', async () => {
  const { apply, get, post, issuer, workerToken } = await createTestApp();
  const person = { firstName: 'Ada', lastName: 'Lovelace', email: 'ada@example.com' };
  const { id } = (await post('/api/v1/contacts', person, issuer.userToken('editor'))).json();
  const told = sourceEvent(acmeEvent({ ...acmeContact(7), acme_title: 'Countess', acme_version: 1 }));
  await apply({ ...told, extra: { acme_external_id: id } });
  const answer = await get(`/internal/contacts/${told.contactId}/source-events`, workerToken);
  expect(answer.json()).toMatchObject({ sourceVersion: 1, events: [{ eventId: told.eventId, version: 2 }] });
  expect((await get(`/internal/contacts/${id}/source-events`, workerToken)).json()).toEqual(answer.json());
});
