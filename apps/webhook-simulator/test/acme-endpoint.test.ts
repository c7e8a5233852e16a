import { createAcmeVerifier, parseSecrets } from '@contact-sync/webhook-signature';
import { describe, expect, it } from 'vitest';
import { createAcmeEndpoint } from '../src/adapters/acme-endpoint.ts';
import { type PeerAnswer, startPeer } from './peer-server.ts';

const now = Date.UTC(2026, 0, 1);
const secret = (id: string) => ({
  id,
  secret: `${id}-0123456789abcdef0123456789`,
  notBefore: null,
  notAfter: null,
});

const secretsOf = (...ids: string[]) => {
  const parsed = parseSecrets(JSON.stringify({ secrets: ids.map(secret) }), { scheme: 'acme' });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.set;
};

const post = async (
  answer: PeerAnswer | 'hang up',
  options: { signature?: 'right' | 'wrong'; known?: string[] } = {},
) => {
  await using cleanUp = new AsyncDisposableStack();
  const peer = await startPeer(() => answer);
  cleanUp.defer(() => peer.close());
  const secrets = secretsOf(...(options.known ?? ['acme-1']));
  const endpoint = createAcmeEndpoint({ ingestUrl: peer.url, secrets, clock: { now: () => now } });
  cleanUp.defer(endpoint.close);
  const { signal } = new AbortController();
  const result = await endpoint.post({
    body: '{"id":"evt_1"}',
    signature: options.signature ?? 'right',
    signal,
  });
  return { result, requests: peer.requests };
};

describe('the AcmeCRM endpoint', () => {
  it('posts the body as it is, signed for this moment with every active secret', async () => {
    const { requests } = await post({ status: 202 }, { known: ['acme-1', 'acme-2'] });
    const [request] = requests;
    expect([request?.method, request?.url, request?.body]).toEqual([
      'POST',
      '/webhooks/acmecrm',
      '{"id":"evt_1"}',
    ]);
    for (const id of ['acme-1', 'acme-2']) {
      const verifier = createAcmeVerifier({ secrets: secretsOf(id) });
      const verdict = verifier.verify({
        headers: request?.headers ?? {},
        body: Buffer.from(request?.body ?? ''),
        now,
      });
      expect(verdict).toMatchObject({ ok: true, secretId: id });
    }
  });

  it('makes a wrong signature that is well-formed and wrong', async () => {
    const { requests } = await post({ status: 401 }, { signature: 'wrong' });
    const verifier = createAcmeVerifier({ secrets: secretsOf('acme-1') });
    const headers = requests[0]?.headers ?? {};
    expect(headers['x-acme-signature']).toMatch(/^sha256=[0-9a-f]{64}$/);
    expect(verifier.verify({ headers, body: Buffer.from('{"id":"evt_1"}'), now })).toEqual({
      ok: false,
      code: 'SIGNATURE_INVALID',
    });
  });

  it('gives status, code, duplicate and Retry-After of the answer', async () => {
    const duplicate = await post({ status: 200, body: { eventId: 'evt_1', duplicate: true } });
    expect(duplicate.result).toEqual({ kind: 'answer', status: 200, duplicate: true });
    const limited = await post({
      status: 429,
      body: { code: 'RATE_LIMITED' },
      headers: { 'retry-after': '2' },
    });
    expect(limited.result).toEqual({
      kind: 'answer',
      status: 429,
      code: 'RATE_LIMITED',
      duplicate: false,
      retryAfterMs: 2_000,
    });
  });

  it('follows no redirect', async () => {
    const { result, requests } = await post({ status: 307, headers: { location: 'http://127.0.0.1:1/' } });
    expect(result).toMatchObject({ kind: 'answer', status: 307 });
    expect(requests).toHaveLength(1);
  });

  it('says that there was no answer when the connection breaks', async () => {
    expect((await post('hang up')).result).toEqual({ kind: 'none' });
  });
});
