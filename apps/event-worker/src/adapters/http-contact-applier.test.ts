import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { contactIdOfAcme, type SourceEvent } from '@contact-sync/domain';
import { createHttpClient } from '@contact-sync/service-kit';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttpContactApplier } from './http-contact-applier.ts';

type Answer = { readonly status: number; readonly body: unknown } | 'breaks';

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
      if (answer === 'breaks') {
        request.socket.destroy();
        return;
      }
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
    const apply = (given = event) => applier.apply([given], new AbortController().signal);
    return { apply, seen, forgotten };
  };

  it('posts the batch to the internal route with a machine token', async () => {
    const { apply, seen } = await applierOf({
      status: 200,
      body: { results: [{ eventId: 'evt_1', fate: 'applied' }] },
    });
    expect(await apply()).toEqual({ results: [{ eventId: 'evt_1', fate: 'applied' }] });
    expect(seen).toEqual([{ authorization: 'Bearer machine-token', url: '/internal/contacts/apply' }]);
  });

  it.each([401, 403, 404, 405, 408, 425, 429, 503])(
    'takes %i for "not now", whatever the batch holds',
    async (status) => {
      const { apply } = await applierOf({ status, body: {} });
      await expect(apply()).rejects.toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE', retryable: true });
    },
  );

  it.each<[string, Answer]>([
    ['500', { status: 500, body: {} }],
    ['504', { status: 504, body: {} }],
    ['a connection that breaks', 'breaks'],
    ['no results', { status: 200, body: { ok: true } }],
    [
      'a result too many',
      { status: 200, body: { results: Array(2).fill({ eventId: 'evt_1', fate: 'applied' }) } },
    ],
    ['an unknown fate', { status: 200, body: { results: [{ eventId: 'evt_1', fate: 'lost' }] } }],
  ])('takes %s for a failure on this batch, of which an event may be the cause', async (_, answer) => {
    const { apply } = await applierOf(answer);
    await expect(apply()).rejects.toMatchObject({ code: 'INTERNAL', retryable: true });
  });

  it.each([
    [
      'with what is wrong',
      {
        code: 'INVALID_BODY',
        errors: [{ pointer: '/events/0/extra/acme_schema', detail: 'is not valid' }],
      },
      { code: 'INVALID_BODY', pointer: '/extra/acme_schema' },
    ],
    [
      'about the list itself',
      { code: 'INVALID_BODY', errors: [{ pointer: '/events' }] },
      { code: 'INVALID_BODY' },
    ],
    ['in words that nobody knows', { code: 'ODD', errors: 'odd' }, { code: 'INVALID_EVENT' }],
    ['without a word', null, { code: 'INVALID_EVENT' }],
  ])(
    'takes a 4xx about the content %s for a refusal, never for a dependency that is down',
    async (_, body, refused) => {
      for (const status of [400, 413, 422]) {
        const { apply } = await applierOf({ status, body });
        expect(await apply()).toEqual({ refused });
      }
    },
  );

  it('takes an event that cannot be written as JSON for refused, not for a peer that is away', async () => {
    const { apply, seen } = await applierOf({ status: 200, body: {} });
    const nested: unknown = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
    expect(await apply({ ...event, extra: { nested } })).toEqual({ refused: { code: 'INVALID_EVENT' } });
    expect(seen).toEqual([]);
  });

  it('gets a new token after a 401', async () => {
    const { apply, forgotten } = await applierOf({ status: 401, body: {} });
    await expect(apply()).rejects.toMatchObject({ retryable: true });
    expect(forgotten).toEqual(['machine-token']);
  });
});
