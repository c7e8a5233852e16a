import { describe, expect, it, vi } from 'vitest';
import { createGatewayReader } from '../src/adapters/gateway-reader.ts';
import { type PeerAnswer, type PeerRequest, startPeer } from './peer-server.ts';

const id = '0b6a2f4e-3c0a-5f43-9f43-2f6f5c4a1d00';

const startReader = async (answer: (request: PeerRequest) => PeerAnswer | 'hang up') => {
  const peer = await startPeer(answer);
  const tokens = { getToken: vi.fn(async () => 'token-1'), invalidate: vi.fn() };
  const reader = createGatewayReader({ gatewayUrl: peer.url, tokens });
  const close = async () => {
    await reader.close();
    await peer.close();
  };
  return { reader, tokens, requests: peer.requests, [Symbol.asyncDispose]: close };
};

describe('the gateway reader', () => {
  it('asks as a machine and past every cache', async () => {
    const body = { sourceVersion: 3, deleted: false, record: { id: 'acme_1' }, takenAt: 'then' };
    await using setup = await startReader(() => ({ status: 200, body }));
    expect(await setup.reader.acme(id)).toMatchObject({ sourceVersion: 3, record: { id: 'acme_1' } });
    expect(setup.requests[0]).toMatchObject({ url: `/api/v1/contacts/${id}/acme` });
    expect(setup.requests[0]?.headers).toMatchObject({
      authorization: 'Bearer token-1',
      'cache-control': 'no-cache',
    });
  });

  it('reads a history to its last page', async () => {
    await using setup = await startReader(({ url }) => {
      const last = url.includes('cursor=next%2F2');
      const items = last ? [{ sequence: 1, sourceVersion: 1 }] : [{ sequence: 2, sourceVersion: 2 }];
      return { status: 200, body: last ? { items } : { items, nextCursor: 'next/2' } };
    });
    const lines = await setup.reader.history(id);
    expect(lines?.map(({ sequence }) => sequence)).toEqual([2, 1]);
    expect(setup.requests).toHaveLength(2);
  });

  it('answers null for what is not there', async () => {
    await using setup = await startReader(() => ({ status: 404 }));
    const { reader } = setup;
    expect(await Promise.all([reader.acme(id), reader.contact(id), reader.history(id)])).toEqual([
      null,
      null,
      null,
    ]);
  });

  it('asks once more with a new token after a 401', async () => {
    let asked = 0;
    await using setup = await startReader(() => {
      asked += 1;
      return asked === 1 ? { status: 401 } : { status: 404 };
    });
    expect(await setup.reader.contact(id)).toBeNull();
    expect(setup.tokens.invalidate).toHaveBeenCalledWith('token-1');
  });

  it('rejects as retryable, with how long to wait, while the gateway cannot answer', async () => {
    await using setup = await startReader(() => ({ status: 503, headers: { 'retry-after': '3' } }));
    await expect(setup.reader.acme(id)).rejects.toMatchObject({
      code: 'DEPENDENCY_UNAVAILABLE',
      retryable: true,
      retryAfterMs: 3_000,
    });
    await using broken = await startReader(() => 'hang up');
    await expect(broken.reader.acme(id)).rejects.toMatchObject({ retryable: true });
  });

  it('does not insist where it may not read', async () => {
    await using setup = await startReader(() => ({ status: 403 }));
    await expect(setup.reader.acme(id)).rejects.toMatchObject({ retryable: false });
  });

  it('does not take an answer in another form for a contact', async () => {
    await using setup = await startReader(() => ({ status: 200, body: { id } }));
    await expect(setup.reader.contact(id)).rejects.toMatchObject({ code: 'INTERNAL', retryable: false });
  });
});
