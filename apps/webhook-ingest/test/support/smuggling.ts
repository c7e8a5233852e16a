import { newContact } from './events.ts';
import { requestBytes } from './wire.ts';

const hidden = 'GET /internal/events/victim HTTP/1.1\r\nhost: ingest\r\n\r\n';

const body = () => JSON.stringify(newContact());

/** A signed delivery with some of its bytes changed. */
const altered = (change: (request: string) => string) => () =>
  change(requestBytes(body()).toString('latin1'));

const withLine = (line: string) => altered((request) => request.replace('\r\n\r\n', `\r\n${line}\r\n\r\n`));

/** Requests whose end two readers would see in different places, or that are no HTTP. */
export const smugglingShapes: readonly (readonly [string, () => string])[] = [
  [
    'Content-Length and Transfer-Encoding',
    () => `${withLine('transfer-encoding: chunked')()}0\r\n\r\n${hidden}`,
  ],
  ['two Content-Lengths', withLine('content-length: 1')],
  [
    'a list of Content-Lengths',
    altered((request) => request.replace(/content-length: (\d+)/, 'content-length: $1, $1')),
  ],
  ['a signed Content-Length', altered((request) => request.replace('content-length: ', 'content-length: +'))],
  [
    'a negative Content-Length',
    altered((request) => request.replace(/content-length: \d+/, 'content-length: -1')),
  ],
  [
    'a hexadecimal Content-Length',
    altered((request) => request.replace('content-length: ', 'content-length: 0x')),
  ],
  [
    'a coding that is not known',
    altered((request) => request.replace(/content-length: \d+/, 'transfer-encoding: xchunked')),
  ],
  [
    'a coding after chunked',
    altered((request) => request.replace(/content-length: \d+/, 'transfer-encoding: chunked, identity')),
  ],
  [
    'a chunk whose size is no number',
    altered((request) =>
      request
        .replace(/content-length: \d+/, 'transfer-encoding: chunked')
        .replace('\r\n\r\n', '\r\n\r\nzz\r\n'),
    ),
  ],
  [
    'a chunk whose size overflows',
    altered((request) =>
      request
        .replace(/content-length: \d+/, 'transfer-encoding: chunked')
        .replace('\r\n\r\n', '\r\n\r\nffffffffffffffff1\r\n'),
    ),
  ],
  ['a space before a colon', altered((request) => request.replace('content-length:', 'content-length :'))],
  ['a folded header', withLine('x-folded: a\r\n content-length: 3')],
  ['line feeds alone', altered((request) => request.replaceAll('\r\n', '\n'))],
  ['a NUL in a header', withLine('x-nul: a\u0000b')],
  ['a carriage return in a header', withLine('x-cr: a\rb')],
  ['no host', altered((request) => request.replace('host: ingest\r\n', ''))],
  ['TLS', () => '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003'],
];

/** Paths that mean the admin read to a reader who decodes them once more. */
export const pathTricks: readonly string[] = [
  '/webhooks/..%2finternal/events/victim',
  '/webhooks/%2e%2e/internal/events/victim',
  '/webhooks/../internal/events/victim',
  '/webhooks/acmecrm/%2e%2e/%2e%2e/internal/events/victim',
  '/webhooks/acmecrm%2f..%2f..%2finternal/events/victim',
  '//internal/events/victim',
  '/internal%2fevents%2fvictim',
  '/internal/./events/victim',
  '/INTERNAL/events/victim',
  '/internal\\events\\victim',
  '/internal/events/victim;x=1',
  '/internal/events/%00',
  '/internal/events/%ff',
  'http://ingest/internal/events/victim',
];
