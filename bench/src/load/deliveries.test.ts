import { createAcmeVerifier, parseSecrets } from '@contact-sync/webhook-signature';
import { expect, test } from 'vitest';
import { createDeliveryMaker } from './deliveries.ts';

const secret = 'a-secret-of-the-bench-that-is-long-enough';

const verifier = () => {
  const text = JSON.stringify({ secrets: [{ id: 'one', secret, notBefore: null, notAfter: null }] });
  const parsed = parseSecrets(text, { scheme: 'acme' });
  if (!parsed.ok) throw new Error('the secret of the test is not usable');
  return createAcmeVerifier({ secrets: parsed.set });
};

test('every delivery is signed for now over the body that it brings', () => {
  const { verify } = verifier();
  for (const { headers, body = '' } of createDeliveryMaker()({ secret, requests: 50, eventsPerRequest: 1 })) {
    const rawHeaders = Object.entries(headers).flat();
    expect(verify({ headers, rawHeaders, body: Buffer.from(body), now: Date.now() })).toMatchObject({
      ok: true,
    });
  }
});

test('no two events share an id or a contact, over calls, arrays and makers', () => {
  const [one, other] = [createDeliveryMaker(), createDeliveryMaker()];
  const bodies = [
    ...one({ secret, requests: 20, eventsPerRequest: 1 }),
    ...one({ secret, requests: 4, eventsPerRequest: 5 }),
    ...other({ secret, requests: 20, eventsPerRequest: 1 }),
  ].flatMap(({ body = '' }) => JSON.parse(body) as { id: string; data: { id: string } }[]);
  expect(bodies).toHaveLength(60);
  expect(new Set(bodies.map(({ id }) => id)).size).toBe(60);
  expect(new Set(bodies.map(({ data }) => data.id)).size).toBe(60);
});
