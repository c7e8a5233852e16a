import { contactIdOfAcme } from '@contact-sync/domain';
import { expect, it, vi } from 'vitest';
import { updated } from './event-builder.ts';
import { createTestApp } from './test-app.ts';

it('lists versions that have not come by source and contact', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 3_600_000 });
  const test = await createTestApp();
  await test.apply(updated({ id: '7', acme_version: 1 }), updated({ id: '7', acme_version: 4 }));
  vi.useRealTimers();
  const answer = await test.get('/api/v1/contacts/gaps?state=open');
  expect([answer.statusCode, answer.json()]).toEqual([
    200,
    {
      items: [
        {
          source: 'acmecrm',
          contactId: contactIdOfAcme('7'),
          sourceId: '7',
          from: 2,
          to: 3,
          noticedAt: expect.any(String),
          state: 'open',
        },
      ],
    },
  ]);
  expect((await test.get('/api/v1/contacts/gaps?state=missed')).json()).toEqual({ items: [] });
  const wrong = await test.get('/api/v1/contacts/gaps?cursor=MQ');
  expect([wrong.statusCode, wrong.json().code]).toEqual([400, 'INVALID_CURSOR']);
});
