import { expect, test } from 'vitest';
import { type ParsedSecrets, parseSecrets, type SignatureScheme } from './index.ts';

const canary = 'canary-secret-0123456789';

const parse = (file: unknown, scheme: SignatureScheme = 'acme'): ParsedSecrets =>
  parseSecrets(JSON.stringify(file), { scheme });

const entry = (changes: object = {}) => ({
  id: 'a',
  secret: canary,
  notBefore: null,
  notAfter: null,
  ...changes,
});

const faultsOf = (parsed: ParsedSecrets) =>
  parsed.ok ? [] : parsed.faults.map(({ pointer, detail }) => `${pointer} ${detail}`);

test('reads secrets with and without times', () => {
  const notBefore = '2026-01-01T00:00:00Z';
  const notAfter = '2026-02-01T00:00:00.5+01:00';
  const parsed = parse({ secrets: [entry(), { id: 'b', secret: `${canary}2`, notBefore, notAfter }] });
  expect(parsed.ok && parsed.set.secrets).toMatchObject([
    { id: 'a', notBefore: Number.NEGATIVE_INFINITY, notAfter: Number.POSITIVE_INFINITY },
    { id: 'b', notBefore: Date.parse(notBefore), notAfter: Date.parse(notAfter) },
  ]);
});

test('names every fault at once, with its place', () => {
  const file = {
    secrets: [
      { id: 'a b', secret: 'short', notBefore: 'yesterday', notAfter: '2026-01-01' },
      { id: 'ok', secret: 5, notBefor: null },
      'secret',
      entry({ id: 'late', notBefore: '2026-02-01T00:00:00Z', notAfter: '2026-01-01T00:00:00Z' }),
    ],
    secret: [],
  };
  expect(faultsOf(parse(file))).toEqual([
    '/secret is not a known member',
    '/secrets/0/id must be 1 to 64 letters, digits or ._-',
    '/secrets/0/secret must be 16 to 512 bytes long',
    '/secrets/0/notBefore must be null or an ISO 8601 time with a zone',
    '/secrets/0/notAfter must be null or an ISO 8601 time with a zone',
    '/secrets/1/notBefor is not a known member',
    '/secrets/1/secret must be a string',
    '/secrets/2 must be an object',
    '/secrets/3/notAfter must be later than notBefore',
  ]);
});

test.each([
  [null],
  [[]],
  ['text'],
  [{}],
  [{ secrets: {} }],
  [{ secrets: [] }],
  [{ secrets: Array(21).fill(entry()) }],
])('refuses %j', (file) => {
  expect(faultsOf(parse(file))).toHaveLength(1);
});

test('refuses the same id or the same secret twice', () => {
  expect(faultsOf(parse({ secrets: [entry(), entry()] }))).toEqual([
    '/secrets/1/id stands here twice',
    '/secrets/1/secret is the same as an earlier one',
  ]);
});

test('takes three secrets at one time and any number one after the other, but no fourth at once', () => {
  const year = (from: number, to: number) =>
    entry({
      id: `y${from}`,
      secret: `${canary}${from}`,
      notBefore: `20${from}-01-01T00:00:00Z`,
      notAfter: `20${to}-01-01T00:00:00Z`,
    });
  expect(faultsOf(parse({ secrets: [year(20, 23), year(21, 24), year(22, 25), year(23, 26)] }))).toEqual([]);
  expect(faultsOf(parse({ secrets: [year(20, 24), year(21, 24), year(22, 25), year(23, 26)] }))).toEqual([
    '/secrets/3 begins while 3 others count; let one end before',
  ]);
});

test.each([
  ['no prefix', 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
  ['no base64', 'whsec_not base64 at all, is it?'],
  ['too few bytes', `whsec_${Buffer.alloc(23).toString('base64')}`],
  ['too many bytes', `whsec_${Buffer.alloc(65).toString('base64')}`],
])('refuses a Standard Webhooks secret with %s', (_, secret) => {
  expect(faultsOf(parse({ secrets: [entry({ secret })] }, 'standard-webhooks'))).toHaveLength(1);
});

test.each([24, 64])('takes a Standard Webhooks secret of %i bytes', (bytes) => {
  const secret = `whsec_${Buffer.alloc(bytes, 7).toString('base64')}`;
  expect(faultsOf(parse({ secrets: [entry({ secret })] }, 'standard-webhooks'))).toEqual([]);
});

test.each([
  `{"secrets":[{"id":"a","secret":"${canary}"`,
  canary,
  JSON.stringify({
    [canary]: 1,
    secrets: [{ [canary]: 1, id: canary.repeat(4), secret: [canary], notAfter: canary }],
  }),
  JSON.stringify({ secrets: [entry(), entry()] }),
])('never repeats what the file holds (%#)', (text) => {
  const parsed = parseSecrets(text, { scheme: 'acme' });
  expect(parsed.ok).toBe(false);
  expect(JSON.stringify(parsed)).not.toContain('canary');
});

test('holds secrets as keys that neither JSON nor inspection shows', async () => {
  const { inspect } = await import('node:util');
  const parsed = parse({ secrets: [entry()] });
  expect(inspect(parsed, { depth: 9 }) + JSON.stringify(parsed)).not.toContain(canary);
});
