import { Webhook } from 'standardwebhooks';
import { describe, expect, test } from 'vitest';
import { secretsOf } from '../test/secrets.ts';
import {
  createStandardWebhooksVerifier,
  type Delivery,
  signStandardWebhooks,
  type Verdict,
} from './index.ts';

/** The example that the libraries of Standard Webhooks share. */
const published = {
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  timestamp: 1_614_265_330,
  body: '{"test": 2432232314}',
  signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
};
const now = published.timestamp * 1_000;
const body = Buffer.from(published.body);
const headers = {
  'webhook-id': published.id,
  'webhook-timestamp': String(published.timestamp),
  'webhook-signature': published.signature,
};

const verify = (changes: Partial<Delivery>): Verdict =>
  createStandardWebhooksVerifier({
    secrets: secretsOf('standard-webhooks', { id: 'crm-1', secret: published.secret }),
  }).verify({ headers, body, now, ...changes });

const withHeader = (name: string, value: string | undefined) => ({ headers: { ...headers, [name]: value } });

test('signs the published example as published', () => {
  expect(signStandardWebhooks(published)).toEqual(headers);
});

test('accepts the published example', () => {
  expect(verify({})).toEqual({ ok: true, secretId: 'crm-1', timestamp: published.timestamp });
});

test('accepts the right signature among those of other versions and secrets', () => {
  const others = [
    'v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=',
    'v2,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=',
  ];
  expect(verify(withHeader('webhook-signature', [...others, published.signature].join(' ')))).toMatchObject({
    ok: true,
  });
});

test.each([
  ['webhook-signature', `v2${published.signature.slice(2)}`],
  ['webhook-signature', published.signature.slice(3)],
  ['webhook-signature', 'v1,'],
  ['webhook-signature', 'v1,!!!!'],
  ['webhook-signature', published.signature.replace('OE=', 'OF=')],
  ['webhook-signature', published.signature.slice(0, -1)],
  ['webhook-signature', `${published.signature},${published.signature}`],
  ['webhook-id', 'msg_another'],
  ['webhook-id', 'msg_p5jXN8AQM9LWM0D4loKWxJek.1'],
  ['webhook-id', 'x'.repeat(257)],
  ['webhook-timestamp', String(published.timestamp + 1)],
])('refuses %s: %s', (name, value) => {
  expect(verify(withHeader(name, value))).toEqual({ ok: false, code: 'SIGNATURE_INVALID' });
});

test.each([
  ['webhook-id', 'SIGNATURE_MISSING'],
  ['webhook-signature', 'SIGNATURE_MISSING'],
  ['webhook-timestamp', 'TIMESTAMP_INVALID'],
])('refuses a delivery without %s', (name, code) => {
  expect(verify(withHeader(name, undefined))).toEqual({ ok: false, code });
});

test('does not let the boundary between id, timestamp and body move', () => {
  const inner = '{"test": 1}';
  const signed = signStandardWebhooks({ ...published, id: 'msg_1', body: `${published.timestamp}.${inner}` });
  // The same signed bytes, cut one full stop later.
  const moved = { ...signed, 'webhook-id': `msg_1.${published.timestamp}` };
  expect(verify({ headers: moved, body: Buffer.from(inner) })).toEqual({
    ok: false,
    code: 'SIGNATURE_INVALID',
  });
});

test.each([
  [300_000, true],
  [-300_000, true],
  [301_000, false],
  [-301_000, false],
])('with a clock %d ms off, accepts: %s', (off, accepted) => {
  expect(verify({ now: now + off }).ok).toBe(accepted);
});

describe('against the package standardwebhooks', () => {
  const bodies = ['', '{}', '{"a":"ü"}', ' [1,\n2] ', '"\u{1F984}"'];

  test.each(bodies)('both sign %j alike', (text) => {
    const theirs = new Webhook(published.secret).sign('msg_1', new Date(now), text);
    const ours = signStandardWebhooks({ ...published, id: 'msg_1', body: text });
    expect(ours['webhook-signature']).toBe(theirs);
  });

  test.each(bodies.filter((text) => text !== ''))('it accepts what we sign over %j', (text) => {
    const timestamp = Math.floor(Date.now() / 1_000);
    const ours = signStandardWebhooks({ ...published, timestamp, body: text });
    expect(new Webhook(published.secret).verify(text, ours)).toEqual(JSON.parse(text));
  });
});
