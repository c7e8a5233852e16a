import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { secretsOf } from '../test/secrets.ts';
import { createAcmeVerifier, type Delivery, signAcme, type Verdict } from './index.ts';

const secret = 'correct-horse-battery-staple';
const sentAt = 1_750_000_000;
const now = sentAt * 1_000;
const body = Buffer.from('{"id":"evt_1","event":"contact.created"}');

const verifier = () => createAcmeVerifier({ secrets: secretsOf('acme', { id: 'acme-1', secret }) });

const verify = (changes: Partial<Delivery>): Verdict =>
  verifier().verify({ headers: signAcme({ secret, timestamp: sentAt, body }), body, now, ...changes });

/** A signature by hand over any text, so that only the timestamp can be at fault. */
const signedAs = (timestamp: string) => ({
  'x-acme-timestamp': timestamp,
  'x-acme-signature': `sha256=${createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex')}`,
});

const withSignature = (signature: string) => ({
  headers: { ...signAcme({ secret, timestamp: sentAt, body }), 'x-acme-signature': signature },
});

const good = signAcme({ secret, timestamp: sentAt, body })['x-acme-signature'];
const other = `sha256=${'0'.repeat(64)}`;

describe('the signature', () => {
  test('is HMAC-SHA256 in lower-case hex over "<timestamp>.<raw body>"', () => {
    const expected = createHmac('sha256', secret).update(`${sentAt}.${body}`).digest('hex');
    expect(signAcme({ secret, timestamp: sentAt, body })).toEqual({
      'x-acme-timestamp': '1750000000',
      'x-acme-signature': `sha256=${expected}`,
    });
  });

  test('that fits names its secret and the time of the attempt', () => {
    expect(verify({})).toEqual({ ok: true, secretId: 'acme-1', timestamp: sentAt });
  });

  test('covers an empty body and bytes that are no UTF-8', () => {
    for (const raw of [Buffer.alloc(0), Buffer.from([0xff, 0x00, 0xfe, 0x0d, 0x0a])]) {
      const headers = signAcme({ secret, timestamp: sentAt, body: raw });
      expect(verify({ headers, body: raw })).toMatchObject({ ok: true });
    }
  });

  test.each([
    ['re-serialised body', { body: Buffer.from(JSON.stringify(JSON.parse(body.toString()), null, 1)) }],
    ['flipped bit in the body', { body: Buffer.from(body.map((byte, at) => (at === 3 ? byte ^ 1 : byte))) }],
    ['body with a byte more', { body: Buffer.concat([body, Buffer.from('\n')]) }],
    ['truncated hex', withSignature(good.slice(0, -2))],
    ['hex with a character more', withSignature(`${good}0`)],
    ['upper-case hex', withSignature(`sha256=${good.slice(7).toUpperCase()}`)],
    ['upper-case scheme', withSignature(`SHA256=${good.slice(7)}`)],
    ['empty hex', withSignature('sha256=')],
    ['hex without scheme', withSignature(good.slice(7))],
    ['something that is not hex', withSignature(`sha256=${'zz'.repeat(32)}`)],
    ['another hash', withSignature(`sha512=${good.slice(7)}`)],
    ['wrong digest', withSignature(other)],
    [
      'more than five signatures, one of them right',
      withSignature([good, ...Array(5).fill(other)].join(',')),
    ],
    ['a header beyond its limit', withSignature(`${good},${' '.repeat(1_024)}`)],
    ['an array of two', { headers: { ...signedAs(`${sentAt}`), 'x-acme-signature': [good, good] } }],
    [
      'another timestamp than the signed one',
      { headers: { ...signedAs(`${sentAt}`), 'x-acme-timestamp': `${sentAt + 1}` } },
    ],
  ] satisfies [string, Partial<Delivery>][])('is refused with %s', (_, changes) => {
    expect(verify(changes)).toEqual({ ok: false, code: 'SIGNATURE_INVALID' });
  });

  test('by another secret is refused', () => {
    const headers = signAcme({ secret: 'another-secret-of-some-length', timestamp: sentAt, body });
    expect(verify({ headers })).toEqual({ ok: false, code: 'SIGNATURE_INVALID' });
  });

  test.each([{ 'x-acme-timestamp': `${sentAt}` }, { ...signedAs(`${sentAt}`), 'x-acme-signature': '' }])(
    'that is not there or empty is missing',
    (headers) => {
      expect(verify({ headers })).toEqual({ ok: false, code: 'SIGNATURE_MISSING' });
    },
  );

  test('may stand among four others, with spaces', () => {
    expect(verify(withSignature([other, 'v2=x', good, '', other].join(' , ')))).toMatchObject({ ok: true });
  });

  test('sent as two headers is refused where the raw headers tell', () => {
    const headers = signAcme({ secret, timestamp: sentAt, body });
    const joined = { ...headers, 'x-acme-signature': `${good}, ${good}` };
    const stamp = ['X-Acme-Timestamp', `${sentAt}`];
    const once = [...stamp, 'X-Acme-Signature', `${good}, ${good}`];
    const twice = [...stamp, 'X-Acme-Signature', good, 'x-acme-signature', good];
    expect(verify({ headers: joined, rawHeaders: once })).toMatchObject({ ok: true });
    expect(verify({ headers: joined, rawHeaders: twice })).toEqual({ ok: false, code: 'SIGNATURE_INVALID' });
  });
});

describe('the timestamp', () => {
  test.each([-300, -299, 0, 299, 300])('%i s from our clock is accepted', (seconds) => {
    const headers = signAcme({ secret, timestamp: sentAt + seconds, body });
    expect(verify({ headers })).toMatchObject({ ok: true, timestamp: sentAt + seconds });
  });

  test('of this second is judged by whole seconds, as the sender counts', () => {
    expect(verify({ now: now + 300_999 })).toMatchObject({ ok: true });
    expect(verify({ now: now + 301_000 })).toMatchObject({ code: 'TIMESTAMP_OUTSIDE_WINDOW' });
  });

  test.each([`${sentAt - 301}`, `${sentAt + 301}`, `${sentAt * 1_000}`, '0'])(
    '%s, signed, is outside the window',
    (timestamp) => {
      expect(verify({ headers: signedAs(timestamp) })).toEqual({
        ok: false,
        code: 'TIMESTAMP_OUTSIDE_WINDOW',
      });
    },
  );

  test.each([
    'NaN',
    '-1750000000',
    '+1750000000',
    '1750000000.0',
    '1.75e9',
    '0x684ED8A0',
    ' 1750000000',
    '01750000000',
  ])('%j is invalid even when it is signed', (timestamp) => {
    expect(verify({ headers: signedAs(timestamp) })).toEqual({ ok: false, code: 'TIMESTAMP_INVALID' });
  });

  test.each([
    ['missing', { 'x-acme-signature': good }],
    ['empty', { 'x-acme-signature': good, 'x-acme-timestamp': '' }],
    ['an array of two', { 'x-acme-signature': good, 'x-acme-timestamp': [`${sentAt}`, `${sentAt}`] }],
    ['beyond its limit', { 'x-acme-signature': good, 'x-acme-timestamp': '1'.repeat(33) }],
  ])('that is %s is invalid', (_, headers) => {
    expect(verify({ headers })).toEqual({ ok: false, code: 'TIMESTAMP_INVALID' });
  });

  test('sent twice and joined by Node is refused', () => {
    const headers = { 'x-acme-signature': good, 'x-acme-timestamp': `${sentAt}, ${sentAt}` };
    const rawHeaders = ['X-Acme-Timestamp', `${sentAt}`, 'X-ACME-TIMESTAMP', `${sentAt}`];
    expect(verify({ headers })).toEqual({ ok: false, code: 'SIGNATURE_INVALID' });
    expect(verify({ headers, rawHeaders })).toEqual({ ok: false, code: 'TIMESTAMP_INVALID' });
  });

  test('is judged after the signature, so a stranger learns nothing of our clock', () => {
    const headers = { 'x-acme-timestamp': '0', 'x-acme-signature': other };
    expect(verify({ headers })).toEqual({ ok: false, code: 'SIGNATURE_INVALID' });
  });

  test('never passes when our own clock is not a number', () => {
    expect(verify({ now: Number.NaN })).toMatchObject({ ok: false });
  });
});

describe('rotation', () => {
  const rotating = () =>
    secretsOf(
      'acme',
      { id: 'old', secret: 'the-old-secret-of-acme', notAfter: new Date(now + 60_000).toISOString() },
      { id: 'new', secret: 'the-new-secret-of-acme', notBefore: new Date(now - 60_000).toISOString() },
    );

  test('takes either of two active secrets and says which', () => {
    const acme = createAcmeVerifier({ secrets: rotating() });
    for (const [id, one] of [
      ['old', 'the-old-secret-of-acme'],
      ['new', 'the-new-secret-of-acme'],
    ] as const) {
      const headers = signAcme({ secret: one, timestamp: sentAt, body });
      expect(acme.verify({ headers, body, now })).toMatchObject({ ok: true, secretId: id });
    }
  });

  test('refuses a secret from its end on and before its beginning', () => {
    const acme = createAcmeVerifier({ secrets: rotating() });
    const old = signAcme({ secret: 'the-old-secret-of-acme', timestamp: sentAt, body });
    const young = signAcme({ secret: 'the-new-secret-of-acme', timestamp: sentAt, body });
    expect(acme.verify({ headers: old, body, now: now + 59_999 })).toMatchObject({ ok: true });
    expect(acme.verify({ headers: old, body, now: now + 60_000 })).toMatchObject({ ok: false });
    expect(acme.verify({ headers: young, body, now: now - 60_000 })).toMatchObject({ ok: true });
    expect(acme.verify({ headers: young, body, now: now - 60_001 })).toMatchObject({ ok: false });
  });

  test('takes a delivery that is signed with both', () => {
    const both = ['the-old-secret-of-acme', 'the-new-secret-of-acme'];
    const headers = signAcme({ secret: both, timestamp: sentAt, body });
    expect(headers['x-acme-signature'].split(',')).toHaveLength(2);
    expect(createAcmeVerifier({ secrets: rotating() }).verify({ headers, body, now })).toMatchObject({
      ok: true,
    });
  });

  test('counts only accepted deliveries as use of a secret', () => {
    const secrets = rotating();
    const acme = createAcmeVerifier({ secrets });
    const headers = signAcme({ secret: 'the-old-secret-of-acme', timestamp: sentAt, body });
    acme.verify({ headers, body, now });
    acme.verify({ headers, body, now: now + 1_000 });
    acme.verify({ headers, body: Buffer.from('forged'), now: now + 2_000 });
    acme.verify({ headers, body, now: now - 400_000 });
    expect(secrets.usage()).toEqual({
      old: { count: 2, lastVerifiedAt: now + 1_000 },
      new: { count: 0, lastVerifiedAt: null },
    });
  });
});

test('refuses to verify with secrets of another scheme', () => {
  const whsec = `whsec_${Buffer.alloc(24, 1).toString('base64')}`;
  const secrets = secretsOf('standard-webhooks', { id: 'a', secret: whsec });
  expect(() => createAcmeVerifier({ secrets })).toThrow(TypeError);
});

test.each([1.5, -1, Number.NaN, 2 ** 60])('does not sign the timestamp %d', (timestamp) => {
  expect(() => signAcme({ secret, timestamp, body })).toThrow(RangeError);
});
