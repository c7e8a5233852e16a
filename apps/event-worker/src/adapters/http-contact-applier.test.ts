import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { contactIdOfAcme, type SourceEvent } from '@contact-sync/domain';
import { createHttpClient } from '@contact-sync/service-kit';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttpContactApplier } from './http-contact-applier.ts';

type Answer = { readonly status: number; readonly body: unknown };

const event: SourceEvent = {
  eventId: 'evt_1',
  eventType: 'contact.deleted',
  occurredAt: '2026-01-01T00:00:00Z',
  receivedAt: '2026-01-01T00:00:01Z',
  source: 'acmecrm',
  contactId: contactIdOfAcme('7'),
  sourceVersion: 1,
  extra: {},
  data: { id: '7', acme_version: 1 },
};

describe('the HTTP applier', () => {
  const cleanUps: (() => Promise<unknown> | unknown)[] = [];
  afterEach(async () => {
    for (const cleanUp of cleanUps.splice(0)) await cleanUp();
  });

  const applierOf = async (answer: Answer) => {
    const seen: { authorization: string | undefined; url: string | undefined }[] = [];
    const forgotten: string[] = [];
    const server: Server = createServer((request, response) => {
      seen.push({ authorization: request.headers.authorization, url: request.url });
      response
        .writeHead(answer.status, { 'content-type': 'application/json' })
        .end(JSON.stringify(answer.body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const http = createHttpClient({ peer: 'contact-service', baseUrl: `http://127.0.0.1:${port}` });
    cleanUps.push(http.close, () => server.close());
    const tokens = {
      getToken: async () => 'machine-token',
      invalidate: (token: string) => forgotten.push(token),
    };
    const applier = createHttpContactApplier({ http, tokens });
    return { apply: () => applier.apply([event], new AbortController().signal), seen, forgotten };
  };

  it('posts the batch to the internal route with a machine token', async () => {
    const { apply, seen } = await applierOf({
      status: 200,
      body: { results: [{ eventId: 'evt_1', fate: 'applied' }] },
    });
    expect(await apply()).toEqual([{ eventId: 'evt_1', fate: 'applied' }]);
    expect(seen).toEqual([{ authorization: 'Bearer machine-token', url: '/internal/contacts/apply' }]);
  });

  it.each([
    ['503', { status: 503, body: {} }],
    ['400', { status: 400, body: {} }],
    ['no results', { status: 200, body: { ok: true } }],
    [
      'a result too many',
      { status: 200, body: { results: Array(2).fill({ eventId: 'evt_1', fate: 'applied' }) } },
    ],
    ['an unknown fate', { status: 200, body: { results: [{ eventId: 'evt_1', fate: 'lost' }] } }],
  ])('takes %s for a fault of the other side, never of an event', async (_, answer) => {
    const { apply } = await applierOf(answer);
    await expect(apply()).rejects.toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE', retryable: true });
  });

  it('gets a new token after a 401', async () => {
    const { apply, forgotten } = await applierOf({ status: 401, body: {} });
    await expect(apply()).rejects.toMatchObject({ retryable: true });
    expect(forgotten).toEqual(['machine-token']);
  });
});
