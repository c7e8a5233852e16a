import type { IncomingHttpHeaders } from 'node:http';
import { createAcmeVerifier, parseSecrets } from '@contact-sync/webhook-signature';
import { describe, expect, it } from 'vitest';
import { createAcmeEndpoint } from '../src/adapters/endpoint/acme-endpoint.ts';
import type { Resolve } from '../src/adapters/endpoint/guarded-connect.ts';
import { readTarget } from '../src/adapters/endpoint/target.ts';
import type { Manner } from '../src/domain/delivery/delivery.ts';
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

const targetOf = (url: string) => {
  const target = readTarget(url);
  if (!target) throw new Error(`${url} is no target`);
  return target;
};

type Options = { manner?: Manner; attempt?: number; known?: string[]; resolve?: Resolve; host?: string };

const post = async (answer: PeerAnswer | 'hang up' | 'no answer', options: Options = {}) => {
  await using cleanUp = new AsyncDisposableStack();
  const peer = await startPeer(() => answer);
  cleanUp.defer(() => peer.close());
  const url = peer.url.replace('127.0.0.1', options.host ?? '127.0.0.1');
  const endpoint = createAcmeEndpoint({
    target: targetOf(url),
    secrets: secretsOf(...(options.known ?? ['acme-1'])),
    clock: { now: () => now },
    ...(options.resolve && { resolve: options.resolve }),
  });
  cleanUp.defer(endpoint.close);
  const { signal } = new AbortController();
  const result = await endpoint.post({
    body: '{"id":"evt_1"}',
    messageId: 'evt_1',
    manner: options.manner ?? {},
    attempt: options.attempt ?? 1,
    signal,
  });
  return { result, requests: peer.requests, connections: peer.connections() };
};

const verdictOf = (headers: IncomingHttpHeaders, body: string) =>
  createAcmeVerifier({ secrets: secretsOf('acme-1') }).verify({ headers, body: Buffer.from(body), now });

/** What a resolver says, one answer after the other. */
const resolving = (...answers: string[]): Resolve => {
  let asked = 0;
  return (_host, _options, callback) => {
    const address = answers[Math.min(asked, answers.length - 1)] ?? '';
    asked += 1;
    callback(null, [{ address, family: address.includes(':') ? 6 : 4 }]);
  };
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

  it.each<[string, Manner, string]>([
    ['of a secret that nobody knows', { signer: 'unknown' }, 'SIGNATURE_INVALID'],
    ['that is not there', { signer: 'nobody' }, 'SIGNATURE_MISSING'],
    ['for a time long ago', { clockSkewSeconds: -301 }, 'TIMESTAMP_OUTSIDE_WINDOW'],
    ['for what is no time', { timestamp: 'NaN' }, 'TIMESTAMP_INVALID'],
    ['without its time', { timestamp: null }, 'TIMESTAMP_INVALID'],
    ['of another body', { tamper: (body) => `${body} ` }, 'SIGNATURE_INVALID'],
  ])('makes a signature %s', async (_, manner, code) => {
    const { requests } = await post({ status: 401 }, { manner });
    expect(verdictOf(requests[0]?.headers ?? {}, requests[0]?.body ?? '')).toEqual({ ok: false, code });
  });

  it('makes a right signature beside one that is not known yet', async () => {
    const { requests } = await post({ status: 202 }, { manner: { signer: 'unknown and active' } });
    const headers = requests[0]?.headers ?? {};
    expect(String(headers['x-acme-signature']).split(',')).toHaveLength(2);
    expect(verdictOf(headers, requests[0]?.body ?? '')).toMatchObject({ ok: true });
  });

  it('lets a body trickle in, whole at the end', async () => {
    const { result, requests } = await post({ status: 202 }, { manner: { trickleMs: 50 } });
    expect([result.kind, requests[0]?.body]).toEqual(['answer', '{"id":"evt_1"}']);
  });

  it('cuts the connection of a first attempt once its body is sent, and of no later one', async () => {
    const first = await post('no answer', { manner: { reset: true } });
    expect(first.result).toEqual({ kind: 'none' });
    expect(first.requests[0]?.body).toBe('{"id":"evt_1"}');
    expect((await post({ status: 202 }, { manner: { reset: true }, attempt: 2 })).result.kind).toBe('answer');
  });

  it('gives status, code, duplicate, ignored, refused items and Retry-After of the answer', async () => {
    const plain = { kind: 'answer', duplicate: false, ignored: false, refusedItems: 0 };
    const duplicate = await post({ status: 200, body: { eventId: 'evt_1', duplicate: true } });
    expect(duplicate.result).toEqual({ ...plain, status: 200, duplicate: true });
    expect((await post({ status: 200, body: { ignored: true } })).result).toMatchObject({ ignored: true });
    const results = [{ status: 'accepted' }, { status: 'refused' }, { status: 'refused' }];
    expect((await post({ status: 202, body: { results } })).result).toMatchObject({ refusedItems: 2 });
    const limited = await post({
      status: 429,
      body: { code: 'RATE_LIMITED' },
      headers: { 'retry-after': '2' },
    });
    expect(limited.result).toEqual({ ...plain, status: 429, code: 'RATE_LIMITED', retryAfterMs: 2_000 });
  });

  it('follows no redirect', async () => {
    const { result, requests } = await post({ status: 307, headers: { location: 'http://127.0.0.1:1/' } });
    expect(result).toMatchObject({ kind: 'answer', status: 307 });
    expect(requests).toHaveLength(1);
  });

  it('says that there was no answer when the connection breaks', async () => {
    expect((await post('hang up')).result).toEqual({ kind: 'none' });
  });

  describe('of a target by name (reliability, case 38)', () => {
    it('connects to this machine for localhost', async () => {
      const { result } = await post({ status: 202 }, { host: 'localhost', resolve: resolving('127.0.0.1') });
      expect(result.kind).toBe('answer');
    });

    it.each(['127.0.0.1', '::ffff:127.0.0.1', '169.254.169.254', '0.0.0.0'])(
      'does not connect where the name leads to %s',
      async (address) => {
        const { result, connections } = await post(
          { status: 202 },
          { host: 'crm.example.com', resolve: resolving(address) },
        );
        expect([result.kind, connections]).toEqual(['none', 0]);
      },
    );

    it('dials what it judged: a name that leads elsewhere the next time is asked once only', async () => {
      const { result, connections } = await post(
        { status: 202 },
        { host: 'localhost', resolve: resolving('10.255.255.1', '127.0.0.1') },
      );
      expect([result.kind, connections]).toEqual(['none', 0]);
    });
  });
});
