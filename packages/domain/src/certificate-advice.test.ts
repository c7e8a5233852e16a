import { expect, test } from 'vitest';
import { certificateAdvice } from './certificate-advice.ts';

const failure = (code: string, cause?: Error) => Object.assign(new Error('refused', { cause }), { code });

test.each([
  ['SELF_SIGNED_CERT_IN_CHAIN', /NODE_EXTRA_CA_CERTS/],
  ['CERT_SIGNATURE_FAILURE', /another key.*NODE_EXTRA_CA_CERTS/],
  ['ERR_TLS_CERT_ALTNAME_INVALID', /for other names/],
  ['CERT_HAS_EXPIRED', /renew/],
])('says what to do about %s, also where another error is around it', (code, says) => {
  expect(certificateAdvice(failure(code))).toMatch(says);
  expect(certificateAdvice(failure('TRIED_OFTEN', failure(code)))).toMatch(says);
});

test.each([[failure('ECONNREFUSED')], [new Error('no code')], ['text'], [undefined]])(
  'says nothing about %s',
  (error) => {
    expect(certificateAdvice(error)).toBeUndefined();
  },
);

test('comes to an end where an error is its own cause', () => {
  const error = failure('LOOP');
  error.cause = error;
  expect(certificateAdvice(error)).toBeUndefined();
});
