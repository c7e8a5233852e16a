import { gzipSync } from 'node:zlib';
import { newContact } from './events.ts';

const megabyte = 1_048_576;

const withMembers = (members: object): string => {
  const event = newContact();
  return JSON.stringify({ ...event, data: { ...event.data, ...members } });
};

/** The event's text with something else in place of its first name. */
const named = (text: string): string => withMembers({ acme_first_name: '@' }).replace('"@"', text);

const inData = (text: string): string => JSON.stringify(newContact()).replace('"data":{', `"data":{${text},`);

const filledTo = (bytes: number): string => {
  const body = withMembers({ acme_blob: '@' });
  return body.replace('"@"', `"${'x'.repeat(bytes - Buffer.byteLength(body) + 1)}"`);
};

/** A valid delivery as large as one may be. */
export const largestDelivery = (): string => filledTo(megabyte);

const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

/** Bodies that are signed rightly and are no valid delivery, with the status and code of their answer. */
export const hostileBodies: readonly (readonly [string, () => string | Buffer, number, string])[] = [
  ['nothing', () => '', 400, 'MALFORMED_BODY'],
  ['white space', () => ' \n\t', 400, 'MALFORMED_BODY'],
  ['a byte order mark within', () => ` \ufeff${withMembers({})}`, 400, 'MALFORMED_BODY'],
  ['two documents', () => `${withMembers({})}${withMembers({})}`, 400, 'MALFORMED_BODY'],
  ['a comment', () => `/* */${withMembers({})}`, 400, 'MALFORMED_BODY'],
  ['NaN', () => named('NaN'), 400, 'MALFORMED_BODY'],
  ['a member twice', () => inData('"acme_version":7'), 400, 'MALFORMED_BODY'],
  ['a member twice, once escaped', () => inData('"acme_v\\u0065rsion":7'), 400, 'MALFORMED_BODY'],
  [
    'a member twice deep within',
    () => inData('"acme_x":[{"y":[{"a":1,"b":2,"a":3}]}]'),
    400,
    'MALFORMED_BODY',
  ],
  ['nesting of 10,000', () => inData(`"acme_x":${nested(10_000)}`), 400, 'MALFORMED_BODY'],
  ['nesting of 500,000', () => nested(500_000), 400, 'MALFORMED_BODY'],
  ['1e400', () => inData('"acme_x":1e400'), 400, 'MALFORMED_BODY'],
  ['a number of 100,000 digits', () => inData(`"acme_x":${'9'.repeat(100_000)}`), 400, 'MALFORMED_BODY'],
  ['a lone surrogate', () => named('"\\ud800"'), 400, 'MALFORMED_BODY'],
  ['a lone surrogate in a name', () => inData('"\\udc00":1'), 400, 'MALFORMED_BODY'],
  ['NUL', () => named('"a\\u0000b"'), 400, 'MALFORMED_BODY'],
  ['bytes that are no UTF-8', () => Buffer.from(named('"\u00ff"'), 'latin1'), 400, 'MALFORMED_BODY'],
  ['gzip', () => gzipSync(withMembers({})), 400, 'MALFORMED_BODY'],
  ['1 MiB and a byte', () => filledTo(megabyte + 1), 413, 'PAYLOAD_TOO_LARGE'],
  ['a version beyond exact numbers', () => withMembers({ acme_version: 2 ** 53 }), 400, 'INVALID_BODY'],
  ['a version that is text', () => withMembers({ acme_version: '1' }), 400, 'INVALID_BODY'],
  ['an array in place of the data', () => JSON.stringify({ ...newContact(), data: [] }), 400, 'INVALID_BODY'],
  ['101 events', () => JSON.stringify(Array.from({ length: 101 }, () => newContact())), 400, 'INVALID_BODY'],
  ['100 times nothing', () => JSON.stringify(Array(100).fill(null)), 400, 'INVALID_BODY'],
  [
    '20,000 custom fields',
    () => withMembers({ acme_custom_fields: Object.fromEntries(Array(20_000).fill(1).entries()) }),
    400,
    'INVALID_BODY',
  ],
  ['20,000 tags', () => withMembers({ acme_tags: Array(20_000).fill('x') }), 400, 'INVALID_BODY'],
];

const textMembers = [
  'id',
  'acme_first_name',
  'acme_last_name',
  'acme_email',
  'acme_phone',
  'acme_company',
  'acme_title',
  'acme_address',
  'acme_notes',
  'acme_status',
  'acme_created_at',
] as const;

/** A text of half a megabyte, each made to cost a careless pattern much, in each member that holds text. */
export const longTexts: readonly (readonly [string, () => string])[] = [
  ...textMembers.map((member) => [member, () => withMembers({ [member]: 'a@'.repeat(250_000) })] as const),
  ['acme_email, with dots', () => withMembers({ acme_email: `a@${'a.'.repeat(250_000)}` })],
  ['acme_email, with spaces', () => withMembers({ acme_email: `${' '.repeat(250_000)}@a` })],
  ['timestamp', () => JSON.stringify({ ...newContact(), timestamp: '2026-01-01T'.repeat(50_000) })],
  ['the event id', () => JSON.stringify({ ...newContact(), id: 'e'.repeat(500_000) })],
];

/** Ids that mean something to a store, a log or a header. */
export const oddIds: readonly string[] = [
  ':',
  '*',
  '{}',
  '{0}:x',
  'a\r\nDEL ingest:seen:victim\r\n',
  'x\nlocation: http://evil.example',
  '../../internal/events/victim',
  '%0d%0a',
  '?[a-z]',
  ' ',
  '\u202e\u2028',
  '"}\\',
  'seen',
  'ingest:seen:victim',
  '\u{1f984}'.repeat(25),
  'constructor',
];
