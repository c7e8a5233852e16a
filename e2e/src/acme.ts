import { createHmac } from 'node:crypto';

/** An answer as a test looks at it. */
export type Answer = { readonly status: number; readonly headers: Headers; readonly body: unknown };

export type Attempt = {
  readonly body: string | Buffer;
  readonly secret: string;
  /** Unix seconds; now by default. */
  readonly timestamp?: number;
  /** Where it is posted; the webhook's own path by default. */
  readonly path?: string;
  /** Instead of the right headers. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Beside them. */
  readonly more?: Readonly<Record<string, string>>;
};

// Written out here, so that signing and verifying share no code.
/** The headers of a delivery, signed at that time in Unix seconds; now by default. */
export const acmeHeaders = (
  secret: string,
  body: string | Buffer,
  timestamp = Math.floor(Date.now() / 1_000),
) => ({
  'x-acme-timestamp': String(timestamp),
  'x-acme-signature': `sha256=${createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex')}`,
});

/** One POST as AcmeCRM makes it (design section 2, "Webhook"). */
export const postWebhook = async (ingestUrl: string, attempt: Attempt): Promise<Answer> => {
  const { body, secret, path = '/webhooks/acmecrm', timestamp } = attempt;
  const response = await fetch(`${ingestUrl}${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(attempt.headers ?? acmeHeaders(secret, body, timestamp)),
      ...attempt.more,
    },
    body,
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
};
