import type { AddressInfo } from 'node:net';
import { createKeyRing } from '@contact-sync/access';
import { createTestIssuer, hostileTokens } from '@contact-sync/access/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { rawRequest } from './fakes/raw-request.ts';
import { createTestGateway, type TestGateway } from './fakes/test-gateway.ts';

const issuer = createTestIssuer();
const load = vi.fn(issuer.source.load);

let gateway: TestGateway;
let port: number;

beforeAll(async () => {
  const keys = createKeyRing({ ...issuer.source, load });
  gateway = await createTestGateway({ LIMIT_PER_MINUTE: '100000' }, { ...issuer.access(), keys });
  await gateway.app.listen({ host: '127.0.0.1', port: 0 });
  ({ port } = gateway.app.server.address() as AddressInfo);
});

afterAll(() => gateway.close());

const allSeen = () => Object.values(gateway.upstreams).flatMap(({ seen }) => seen);

const read = (answer: string) => {
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  const [line = '', ...headers] = head.split('\r\n');
  const type = headers.find((header) => /^content-type:/i.test(header))?.replace(/^[^:]*: */, '');
  return { status: Number(line.split(' ')[1]), type, code: body === '' ? '' : JSON.parse(body).code };
};

describe('a token that is not ours', () => {
  it.each(hostileTokens(issuer))(
    'is 401 at the gateway, as a problem, and reaches no service: %s',
    async (_, token) => {
      const headers = { authorization: `Bearer ${token}` };
      const answer = await gateway.app.inject({ url: '/api/v1/contacts', headers });
      expect([answer.statusCode, answer.json().code, answer.headers['content-type']]).toEqual([
        401,
        'UNAUTHENTICATED',
        'application/problem+json',
      ]);
      expect(answer.headers['www-authenticate']).toContain('Bearer ');
      expect(allSeen()).toEqual([]);
    },
  );

  it('makes the keys be loaded no more often, however many unknown ids come', async () => {
    const before = load.mock.calls.length;
    for (let index = 0; index < 200; index += 1) {
      const { userToken } = createTestIssuer({ keyId: `unknown-${index}`, privateKey: issuer.privateKey });
      const headers = { authorization: `Bearer ${userToken('admin')}` };
      expect((await gateway.app.inject({ url: '/api/v1/contacts', headers })).statusCode).toBe(401);
    }
    expect(load.mock.calls.length - before).toBeLessThanOrEqual(1);
  });
});

const post = (headers: readonly string[], body = '') =>
  [
    'POST /api/v1/auth/login HTTP/1.1',
    'Host: gateway.example',
    'Content-Type: application/json',
    ...headers,
    '',
    body,
  ].join('\r\n');

const get = (line: string, headers: readonly string[] = ['Host: gateway.example']) =>
  `${[line, ...headers, 'Connection: close'].join('\r\n')}\r\n\r\n`;

/** What one reader could take for one request and another for two, or for none. */
const smuggled: readonly (readonly [string, string])[] = [
  ['a length and chunks', post(['Content-Length: 4', 'Transfer-Encoding: chunked'], '0\r\n\r\n')],
  ['two lengths', post(['Content-Length: 2', 'Content-Length: 3'], '{}x')],
  ['a list of lengths', post(['Content-Length: 2, 2'], '{}')],
  ['a signed length', post(['Content-Length: +2'], '{}')],
  ['a length in hex', post(['Content-Length: 0x2'], '{}')],
  ['a negative length', post(['Content-Length: -1'])],
  ['a length beyond numbers', post([`Content-Length: ${'9'.repeat(40)}`], '{}')],
  ['an empty length', post(['Content-Length: '], '{}')],
  ['chunks by another name', post(['Transfer-Encoding: xchunked'], '0\r\n\r\n')],
  ['chunks twice', post(['Transfer-Encoding: chunked', 'Transfer-Encoding: chunked, identity'], '0\r\n\r\n')],
  ['chunks that are not last', post(['Transfer-Encoding: chunked, gzip'], '0\r\n\r\n')],
  ['a blank before a colon', post(['Content-Length : 2'], '{}')],
  ['a folded header', post(['Transfer-Encoding:', ' chunked', 'Content-Length: 2'], '{}')],
  ['a header without a name', post([': x', 'Content-Length: 2'], '{}')],
  ['a header without a colon', post(['Content-Length', 'Content-Length: 2'], '{}')],
  ['a NUL in a header', post(['X: a\0b', 'Content-Length: 2'], '{}')],
  [
    'a lone carriage return in a header',
    post(['X: a\rTransfer-Encoding: chunked', 'Content-Length: 2'], '{}'),
  ],
  ['a chunk of no size', post(['Transfer-Encoding: chunked'], 'x\r\n{}\r\n0\r\n\r\n')],
  ['a chunk of a negative size', post(['Transfer-Encoding: chunked'], '-1\r\n{}\r\n0\r\n\r\n')],
  ['a chunk beyond numbers', post(['Transfer-Encoding: chunked'], `${'f'.repeat(20)}\r\n{}\r\n`)],
  ['a chunk longer than its size', post(['Transfer-Encoding: chunked'], '1\r\n{}\r\n0\r\n\r\n')],
  ['no host', get('GET /api/v1/contacts HTTP/1.1', [])],
  ['two hosts', get('GET /api/v1/contacts HTTP/1.1', ['Host: a', 'Host: b'])],
  ['a version that is none', get('GET /api/v1/contacts HTTP/9.9')],
  ['no version', get('GET /api/v1/contacts')],
  ['a blank in its path', get('GET /api/v1/contacts /x HTTP/1.1')],
  ['a method that is none', get('GETS /api/v1/contacts HTTP/1.1')],
  ['a method in lower case', get('get /api/v1/contacts HTTP/1.1')],
  ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ['the hello of TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
  ['a star for a path', get('OPTIONS * HTTP/1.1')],
  ['a head beyond 16 KiB', get('GET /api/v1/contacts HTTP/1.1', ['Host: a', `X: ${'x'.repeat(17_000)}`])],
];

describe('a request that two readers could take differently', () => {
  it.each(smuggled)('is refused as a problem and reaches no service: %s', async (_, bytes) => {
    const answer = read(await rawRequest(port, bytes));
    expect([400, 404, 413, 431]).toContain(answer.status);
    expect(answer.type).toMatch(/^application\/problem\+json/);
    expect(answer.code).toMatch(/^[A-Z_]+$/);
    expect(allSeen()).toEqual([]);
  });
});
