import type { SecretSource } from '@contact-sync/webhook-signature';
import { Pool } from 'undici';
import type { Clock, PostAnswer, PostRequest, WebhookEndpoint } from '../../ports.ts';
import { guardedConnect, type Resolve } from './guarded-connect.ts';
import { readAnswer } from './read-answer.ts';
import { bodyOf } from './request-body.ts';
import { attemptSigner } from './sign-attempt.ts';
import type { Target } from './target.ts';

export type EndpointOptions = {
  /** webhook-ingest, or another door of it, from the settings. */
  readonly target: Target;
  readonly secrets: SecretSource;
  readonly clock: Pick<Clock, 'now'>;
  /** Of names; the machine's by default. */
  readonly resolve?: Resolve;
};

const PATH = '/webhooks/acmecrm';
const CONNECT_TIMEOUT_MS = 2_000;
/** AcmeCRM waits this long for an answer. */
const TIMEOUT_MS = 10_000;
/** A slow endpoint does not slow the sender; what is beyond these waits for a connection within its time-out. */
const CONNECTIONS = 512;
const MAX_ANSWER_BYTES = 1_048_576;

/** Posts to the target as AcmeCRM does (design section 2, "Webhook"), and to nobody else; redirects are answers. */
export const createAcmeEndpoint = (
  options: EndpointOptions,
): WebhookEndpoint & { readonly close: () => Promise<void> } => {
  const { target, secrets, clock, resolve } = options;
  const pool = new Pool(target.origin, {
    connect: guardedConnect(target, { timeoutMs: CONNECT_TIMEOUT_MS, ...(resolve && { resolve }) }),
    connections: CONNECTIONS,
    maxResponseSize: MAX_ANSWER_BYTES,
  });
  const sign = attemptSigner(secrets);

  const send = async (
    request: PostRequest,
    signed: Readonly<Record<string, string>>,
  ): Promise<PostAnswer> => {
    const { body, manner, attempt, signal } = request;
    const sent = Buffer.from(manner.tamper ? manner.tamper(body) : body);
    const cut = new AbortController();
    const ending = AbortSignal.any([signal, cut.signal, AbortSignal.timeout(TIMEOUT_MS)]);
    const response = await pool.request({
      method: 'POST',
      path: PATH,
      headers: { 'content-type': 'application/json', 'content-length': String(sent.length), ...signed },
      body: bodyOf(sent, manner, { isFirst: attempt === 1, cut: () => cut.abort(), signal: ending }),
      signal: ending,
    });
    const text = await response.body.text();
    return readAnswer({ status: response.statusCode, headers: response.headers, text }, clock.now());
  };

  return {
    post: async (request) => {
      // What cannot be signed is our own fault and is to be seen; whatever the other side does is none.
      const signed = sign({ ...request, now: clock.now() });
      return send(request, signed).catch((): PostAnswer => ({ kind: 'none' }));
    },
    close: () => pool.destroy(),
  };
};
