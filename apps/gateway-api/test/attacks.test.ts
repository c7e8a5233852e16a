import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rawRequest } from './fakes/raw-request.ts';
import { createTestGateway, type TestGateway } from './fakes/test-gateway.ts';

let gateway: TestGateway;
let port: number;

beforeEach(async () => {
  gateway = await createTestGateway({ BODY_LIMIT_BYTES: '2048' });
  await gateway.app.listen({ host: '127.0.0.1', port: 0 });
  ({ port } = gateway.app.server.address() as AddressInfo);
});

afterEach(() => gateway.close());

const send = (method: string, target: string, headers: readonly string[] = [], body = '') => {
  const head = [
    `${method} ${target} HTTP/1.1`,
    'Host: gateway.example',
    `Authorization: ${gateway.bearer.authorization}`,
    ...headers,
  ];
  const connection = headers.some((header) => /^connection:/i.test(header)) ? [] : ['Connection: close'];
  return rawRequest(port, `${[...head, ...connection].join('\r\n')}\r\n\r\n${body}`);
};

/** The status of an answer; no answer is no status, whatever a test compares it with. */
const statusOf = (answer: string): number => {
  const [, status] = /^HTTP\/1\.1 ([1-5]\d\d) /.exec(answer) ?? [];
  if (status === undefined) throw new Error(`there was no answer: ${JSON.stringify(answer.slice(0, 80))}`);
  return Number(status);
};
const allSeen = () => Object.values(gateway.upstreams).flatMap(({ seen }) => seen);

describe('a path', () => {
  it.each([
    '/api/v1/contacts/../../../internal/contacts/apply',
    '/api/v1/contacts/..%2f..%2f..%2finternal/contacts/apply',
    '/api/v1/contacts/%2e%2e/%2e%2e/%2e%2e/internal',
    '/api/v1/contacts/%2E%2E%2Finternal',
    '/api/v1/contacts/.%2e/internal',
    '/api/v1/contacts/%252e%252e%252finternal',
    '/api/v1/contacts/%25252e%25252e%25252finternal',
    '/api/v1/contacts/./7',
    '/api/v1/contacts/%2e',
    '/api/v1/contacts//7',
    '//internal/contacts/apply',
    '/api/v1/contacts/%2f7',
    '/api/v1/contacts/a%2fb',
    '/api/v1/contacts/a%5cb',
    '/api/v1/contacts/..\\..\\internal',
    '/api/v1/contacts/..;/internal',
    '/api/v1/contacts;x=1/7',
    '/api/v1/contacts/%3b',
    '/api/v1/contacts/%00',
    '/api/v1/contacts/%0d%0aHost:%20x',
    '/api/v1/contacts/%c0%ae%c0%ae/internal',
    '/api/v1/contacts/%',
    '/api/v1/contacts/%zz',
    'http://127.0.0.1:3002/api/v1/contacts',
    'http://internal/internal/contacts/apply',
  ])('that is not plain never reaches a service: %s', async (path) => {
    expect([400, 404]).toContain(statusOf(await send('GET', path)));
    expect(allSeen()).toEqual([]);
  });

  it('may hold dots, percent signs and colons that mean nothing else', async () => {
    const path = '/api/v1/made-up/evt..1:a%25b@c';
    expect(statusOf(await send('GET', path))).toBe(200);
    expect(allSeen()[0]?.url).toBe(path);
  });
});

describe('a header', () => {
  it('that tells who the client is comes from the gateway alone', async () => {
    await send('GET', '/api/v1/contacts', [
      'X-Forwarded-For: 10.0.0.1',
      'X-Forwarded-Proto: https',
      'X-Forwarded-Host: evil.example',
      'X-Forwarded-User: root',
      'X-Real-IP: 10.0.0.1',
      'Forwarded: for=10.0.0.1',
      'X-User-Id: root',
      'X-User-Roles: admin',
      'X-Principal: root',
      'X-Original-URL: /internal',
      'X-Http-Method-Override: DELETE',
      'Cookie: a=b',
      'Via: 1.1 evil',
      'X-Request-Id: not harmless at all',
    ]);
    const [seen] = allSeen();
    expect(Object.keys(seen?.headers ?? {}).sort()).toEqual([
      'authorization',
      'connection',
      'host',
      'x-forwarded-for',
      'x-forwarded-proto',
      'x-request-id',
    ]);
    expect(seen?.headers).toMatchObject({ 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'http' });
    expect(seen?.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('with a harmless request id stays, up to the service and back', async () => {
    const answer = await send('GET', '/api/v1/contacts', ['X-Request-Id: abc-12345']);
    expect(allSeen()[0]?.headers['x-request-id']).toBe('abc-12345');
    expect(answer.toLowerCase()).toContain('x-request-id: abc-12345');
  });

  it('of those that an API needs is passed on', async () => {
    const wanted = [
      'If-Match: "7"',
      'If-None-Match: "8"',
      'Idempotency-Key: k',
      'Accept: */*',
      'Cache-Control: no-cache',
    ];
    await send('GET', '/api/v1/contacts/7', wanted);
    expect(allSeen()[0]?.headers).toMatchObject({
      'if-match': '"7"',
      'if-none-match': '"8"',
      'idempotency-key': 'k',
      accept: '*/*',
      'cache-control': 'no-cache',
    });
  });

  it.each(['x-request-id', 'x-forwarded-for', 'host', 'content-length', 'X-Forwarded-For, X-Request-Id'])(
    'that the gateway adds cannot be named away: Connection: %s',
    async (names) => {
      await send('GET', '/api/v1/contacts', [`Connection: close, ${names}`]);
      expect(allSeen()[0]?.headers).toMatchObject({ 'x-forwarded-for': '127.0.0.1' });
      expect(allSeen()[0]?.headers['x-request-id']).toBeDefined();
    },
  );

  it('that is hop by hop stays outside', async () => {
    await send(
      'POST',
      '/api/v1/contacts',
      [
        'Connection: close, X-Secret, If-Match',
        'X-Secret: 1',
        'If-Match: "7"',
        'Keep-Alive: timeout=1',
        'TE: trailers',
        'Trailer: X-T',
        'Proxy-Authorization: Basic abc',
        'Proxy-Connection: keep-alive',
        'Expect: 100-continue',
        'Content-Length: 2',
      ],
      '{}',
    );
    const headers = allSeen()[0]?.headers ?? {};
    const hopByHop = [
      'x-secret',
      'if-match',
      'te',
      'trailer',
      'proxy-authorization',
      'proxy-connection',
      'expect',
    ];
    expect(hopByHop.filter((name) => name in headers)).toEqual([]);
    expect(headers['keep-alive']).toBeUndefined();
  });

  it('Upgrade opens nothing', async () => {
    const headers = [
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
    ];
    const answered = send('GET', '/api/v1/contacts', [...headers, 'Connection: close']);
    expect(statusOf(await answered)).not.toBe(101);
  });
});

describe('a body', () => {
  const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;

  it('of the largest size passes, one byte more is 413, by declared length', async () => {
    const ok = await send(
      'POST',
      '/api/v1/contacts',
      ['Content-Type: text/plain', 'Content-Length: 2048'],
      'x'.repeat(2_048),
    );
    expect(statusOf(ok)).toBe(200);
    const tooLarge = await send(
      'POST',
      '/api/v1/contacts',
      ['Content-Type: text/plain', 'Content-Length: 2049'],
      'x'.repeat(2_049),
    );
    expect(statusOf(tooLarge)).toBe(413);
    expect(tooLarge).toContain('PAYLOAD_TOO_LARGE');
    expect(allSeen().length).toBe(1);
  });

  it('in chunks is bounded too, and never reaches the service as a whole one', async () => {
    const headers = ['Content-Type: text/plain', 'Transfer-Encoding: chunked'];
    const ok = await send('POST', '/api/v1/contacts', headers, `${chunk('x'.repeat(2_048))}0\r\n\r\n`);
    expect(statusOf(ok)).toBe(200);
    expect(allSeen()[0]?.body.length).toBe(2_048);
    const tooLarge = await send(
      'POST',
      '/api/v1/contacts',
      headers,
      `${chunk('x'.repeat(1_024)).repeat(3)}0\r\n\r\n`,
    );
    expect(statusOf(tooLarge)).toBe(413);
    expect(allSeen().length).toBe(1);
  });

  it.each([
    ['both lengths', ['Content-Length: 4', 'Transfer-Encoding: chunked']],
    ['two lengths', ['Content-Length: 4', 'Content-Length: 5']],
    ['a signed length', ['Content-Length: +4']],
    ['a hidden chunked', ['Transfer-Encoding: xchunked', 'Content-Length: 4']],
    ['chunked not last', ['Transfer-Encoding: chunked, identity']],
    ['a space before the colon', ['Content-Length : 4']],
  ])('with %s is refused before anything is passed on', async (_, headers) => {
    const answer = await send(
      'POST',
      '/api/v1/contacts',
      ['Content-Type: text/plain', ...headers],
      '0\r\n\r\nGET /x HTTP/1.1\r\n\r\n',
    );
    expect(statusOf(answer)).toBe(400);
    expect(allSeen()).toEqual([]);
  });
});
