import { createHmac } from 'node:crypto';

/** What AcmeCRM and the service share. */
export const acmeSecret = 'canary-secret-c2VjcmV0LW9mLXRoZS1mYXVsdC1zdWl0ZQ';

/** An answer as a test looks at it. */
export type Answer = {
  /** 0 where the connection ended without an answer. */
  readonly status: number;
  readonly code: string | undefined;
  readonly retryAfter: number | undefined;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Headers;
  readonly ms: number;
};

/** Headers of an attempt now. Written out here, so that signing and verifying share no code (design section 2). */
export const signatureOf = (body: string | Buffer): Record<string, string> => {
  const timestamp = Math.floor(Date.now() / 1_000);
  const hmac = createHmac('sha256', acmeSecret).update(`${timestamp}.`).update(body);
  return {
    'content-type': 'application/json',
    'x-acme-timestamp': String(timestamp),
    'x-acme-signature': `sha256=${hmac.digest('hex')}`,
  };
};

const objectOf = (text: string): Record<string, unknown> => {
  const value: unknown = text === '' ? {} : JSON.parse(text);
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
};

/** One attempt with these bytes; `headers` are added to, or replace, those of a right signature. */
export const deliverRaw = async (
  { url }: { readonly url: string },
  body: string | Buffer,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> => {
  const startedAt = performance.now();
  try {
    const response = await fetch(`${url}/webhooks/acmecrm`, {
      method: 'POST',
      headers: { ...signatureOf(body), ...headers },
      body: typeof body === 'string' ? body : new Uint8Array(body),
    });
    const content = objectOf(await response.text());
    const retryAfter = response.headers.get('retry-after');
    return {
      status: response.status,
      code: typeof content['code'] === 'string' ? content['code'] : undefined,
      retryAfter: retryAfter === null ? undefined : Number(retryAfter),
      body: content,
      headers: response.headers,
      ms: performance.now() - startedAt,
    };
  } catch {
    const ms = performance.now() - startedAt;
    return { status: 0, code: undefined, retryAfter: undefined, body: {}, headers: new Headers(), ms };
  }
};

/** One attempt with an event or an array of events. */
export const deliver = (ingest: { readonly url: string }, value: unknown): Promise<Answer> =>
  deliverRaw(ingest, JSON.stringify(value));
