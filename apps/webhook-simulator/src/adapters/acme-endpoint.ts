import { randomBytes } from 'node:crypto';
import { retryAfterMsOf } from '@contact-sync/client';
import { AppError } from '@contact-sync/domain';
import { createHttpClient, type HttpResponse } from '@contact-sync/service-kit';
import { type SecretSource, signAcme } from '@contact-sync/webhook-signature';
import type { Clock, PostAnswer, PostRequest, WebhookEndpoint } from '../ports.ts';

export type EndpointOptions = {
  /** webhook-ingest, from the settings. */
  readonly ingestUrl: string;
  readonly secrets: SecretSource;
  readonly clock: Pick<Clock, 'now'>;
};

const PATH = '/webhooks/acmecrm';
/** AcmeCRM waits this long for an answer. */
const TIMEOUT_MS = 10_000;

/** The secrets that count now, as AcmeCRM knows them: while they rotate it signs with each. */
const rightSecrets = ({ secrets, clock }: EndpointOptions): string[] => {
  const active = secrets.active(clock.now()).map(({ key }) => key.export().toString('utf8'));
  if (active.length === 0) throw new Error('no secret of AcmeCRM is active');
  return active;
};

const memberOf = (body: unknown, member: string): unknown =>
  typeof body === 'object' && body !== null ? Reflect.get(body, member) : undefined;

const toAnswer = ({ status, headers, json }: HttpResponse, now: number): PostAnswer => {
  const code = memberOf(json, 'code');
  const retryAfter = headers['retry-after'];
  const retryAfterMs = typeof retryAfter === 'string' ? retryAfterMsOf(retryAfter, now) : undefined;
  return {
    kind: 'answer',
    status,
    duplicate: memberOf(json, 'duplicate') === true,
    ...(typeof code === 'string' ? { code } : {}),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
};

/** Posts to webhook-ingest as AcmeCRM does (design section 2, "Webhook"), and to nobody else. */
export const createAcmeEndpoint = (
  options: EndpointOptions,
): WebhookEndpoint & { readonly close: () => Promise<void> } => {
  const { ingestUrl, clock } = options;
  const http = createHttpClient({ peer: 'webhook-ingest', baseUrl: ingestUrl, timeoutMs: TIMEOUT_MS });
  const wrongSecret = randomBytes(32).toString('base64url');
  const headersOf = ({ body, signature }: PostRequest) => {
    const secret = signature === 'right' ? rightSecrets(options) : wrongSecret;
    const timestamp = Math.floor(clock.now() / 1_000);
    return { 'content-type': 'application/json', ...signAcme({ secret, timestamp, body }) };
  };
  return {
    post: async (request) => {
      const { body, signal } = request;
      try {
        const headers = headersOf(request);
        const response = await http.request({ method: 'POST', path: PATH, headers, body, signal });
        return toAnswer(response, clock.now());
      } catch (error) {
        if (error instanceof AppError) return { kind: 'none' };
        throw error;
      }
    },
    close: http.close,
  };
};
