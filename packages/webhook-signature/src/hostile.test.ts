import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { secretsOf } from '../test/secrets.ts';
import {
  createAcmeVerifier,
  createStandardWebhooksVerifier,
  type SignatureVerifier,
  signAcme,
  signStandardWebhooks,
} from './index.ts';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const timestamp = 1_750_000_000;
const now = timestamp * 1_000;

type Scheme = {
  readonly name: string;
  readonly verifier: SignatureVerifier;
  readonly sign: (body: Uint8Array) => Record<string, string>;
};

const schemes: readonly Scheme[] = [
  {
    name: 'acme',
    verifier: createAcmeVerifier({ secrets: secretsOf('acme', { id: 'a', secret }) }),
    sign: (body) => signAcme({ secret, timestamp, body }),
  },
  {
    name: 'standard-webhooks',
    verifier: createStandardWebhooksVerifier({
      secrets: secretsOf('standard-webhooks', { id: 'a', secret }),
    }),
    sign: (body) => signStandardWebhooks({ secret, id: 'evt_1', timestamp, body }),
  },
];

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 2_000 }),
  fc.constantFrom('', ',', ' ', 'sha256=', 'v1,', 'NaN', '-1', '1e999', '__proto__', '\0', '\ud800'),
  fc.nat().map(String),
);

const anyHeader = fc.oneof(anyText, fc.array(anyText, { maxLength: 3 }), fc.constant(undefined));

describe.each(schemes)('$name', ({ verifier, sign }) => {
  const names = Object.keys(sign(Buffer.alloc(0)));

  test('answers, and never throws, on any headers and any body', () => {
    const headers = fc.record(Object.fromEntries(names.map((name) => [name, anyHeader])));
    fc.assert(
      fc.property(headers, fc.array(anyText), fc.uint8Array(), (hostile, rawHeaders, body) => {
        expect(verifier.verify({ headers: hostile, rawHeaders, body, now }).ok).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  test('accepts what was signed, over any body', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (body) => {
        expect(verifier.verify({ headers: sign(body), body, now })).toMatchObject({ ok: true, timestamp });
      }),
    );
  });

  test('refuses any flipped bit of the body', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), fc.nat(), (body, at) => {
        const flipped = Uint8Array.from(body);
        const index = (at >> 3) % body.length;
        flipped[index] = (body[index] ?? 0) ^ (1 << (at & 7));
        expect(verifier.verify({ headers: sign(body), body: flipped, now }).ok).toBe(false);
      }),
    );
  });

  test('refuses any changed character of any header', () => {
    const body = Buffer.from('{}');
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.nat(),
        fc.integer({ min: 33, max: 126 }),
        (name, at, code) => {
          const headers = sign(body);
          const text = headers[name] ?? '';
          const index = at % text.length;
          const changed = text.slice(0, index) + String.fromCharCode(code) + text.slice(index + 1);
          fc.pre(changed !== text);
          expect(verifier.verify({ headers: { ...headers, [name]: changed }, body, now }).ok).toBe(false);
        },
      ),
      { numRuns: 500 },
    );
  });
});
