import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { remoteRevocations } from './revocation-source.ts';

const page = { cursor: 'g.1', snapshot: true, revocations: [], at: '2026-11-27T09:40:00.000Z' };

const closers: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const ask = async (answer: RequestListener, cursor?: string) => {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => server.close());
  const tokens = {
    getToken: async () => 'own-token',
    invalidate: vi.fn<(token: string) => void>(),
    close: async () => undefined,
  };
  const authUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const source = remoteRevocations({ authUrl, tokens });
  closers.push(source.close);
  return { tokens, answered: source.next(cursor, new AbortController().signal) };
};

const answerWith =
  (status: number, body: unknown): RequestListener =>
  (_, response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

describe('remoteRevocations', () => {
  it('asks with its own token, and from where it is', async () => {
    const seen: (string | undefined)[] = [];
    const listen: RequestListener = (request, response) => {
      seen.push(request.url, request.headers.authorization);
      answerWith(200, page)(request, response);
    };
    expect(await (await ask(listen)).answered).toEqual(page);
    await (await ask(listen, 'g.1&x=')).answered;
    expect(seen).toEqual([
      '/internal/revocations',
      'Bearer own-token',
      '/internal/revocations?after=g.1%26x%3D',
      'Bearer own-token',
    ]);
  });

  it('forgets a token that is refused, so that the next question has another', async () => {
    const { tokens, answered } = await ask(answerWith(401, {}));
    await expect(answered).rejects.toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE', retryable: true });
    expect(tokens.invalidate).toHaveBeenCalledExactlyOnceWith('own-token');
  });

  it.each([
    ['a fault', 503, {}],
    ['a page, but not as one', 404, page],
    ['nothing', 200, null],
    ['a page without a cursor', 200, { ...page, cursor: undefined }],
    ['a kind that is not known', 200, { ...page, revocations: [{ kind: 'planet', until: 1 }] }],
    ['a session without its end', 200, { ...page, revocations: [{ kind: 'session', sid: 'a' }] }],
  ])('takes %s for no answer: what it holds could be wrong', async (_, status, body) => {
    const { answered } = await ask(answerWith(status, body));
    await expect(answered).rejects.toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
  });
});
