import { createHmac, randomBytes } from 'node:crypto';
import { type SecretSource, signAcme, signStandardWebhooks } from '@contact-sync/webhook-signature';
import type { Manner, Signer } from '../../domain/delivery/delivery.ts';

const SECRET_BYTES = 32;

export type Attempt = {
  readonly body: string;
  /** Of the message, where the scheme names one. */
  readonly messageId: string;
  readonly manner: Manner;
  /** In ms since 1970. */
  readonly now: number;
};

type Headers = Readonly<Record<string, string>>;

/** The keys that count now, oldest first as the file has them. */
const activeKeys = (secrets: SecretSource, now: number): Buffer[] => {
  const active = secrets.active(now).map(({ key }) => key.export());
  if (active.length === 0) throw new Error('no secret of AcmeCRM is active');
  return active;
};

const keysOf = (signer: Signer, active: readonly Buffer[], stranger: Buffer): readonly Buffer[] => {
  switch (signer) {
    case 'active':
      return active;
    case 'newest':
      return active.slice(-1);
    case 'unknown':
    case 'nobody':
      return [stranger];
    case 'unknown and active':
      return [stranger, ...active];
  }
};

type Signing = Pick<Attempt, 'body' | 'messageId'> & { readonly keys: readonly Buffer[] };

const atSeconds = (
  { scheme }: SecretSource,
  { keys, body, messageId }: Signing,
  timestamp: number,
): Headers => {
  if (scheme === 'acme')
    return signAcme({ secret: keys.map((key) => key.toString('utf8')), timestamp, body });
  const secret = keys.map((key) => `whsec_${key.toString('base64')}`);
  return signStandardWebhooks({ secret, id: messageId, timestamp, body });
};

/** Signed all the same, for a time that no sender of that scheme would sign: the time is what is refused. */
const atText = ({ scheme }: SecretSource, { keys, body, messageId }: Signing, timestamp: string): Headers => {
  const isAcme = scheme === 'acme';
  const head = isAcme ? `${timestamp}.` : `${messageId}.${timestamp}.`;
  const signatures = keys.map((key) => {
    const hmac = createHmac('sha256', key).update(head).update(body);
    return isAcme ? `sha256=${hmac.digest('hex')}` : `v1,${hmac.digest('base64')}`;
  });
  return isAcme
    ? { 'x-acme-timestamp': timestamp, 'x-acme-signature': signatures.join(',') }
    : { 'webhook-id': messageId, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
};

const without = (headers: Headers, ending: string): Headers =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !name.endsWith(ending)));

/**
 * The headers of one attempt, signed afresh by whom its manner says and for the time that it says. The secret that
 * nobody knows is another one in each process.
 */
export const attemptSigner = (secrets: SecretSource): ((attempt: Attempt) => Headers) => {
  const stranger = Buffer.from(randomBytes(SECRET_BYTES).toString('base64url'));
  return ({ manner, now, ...attempt }) => {
    const { signer = 'active', clockSkewSeconds = 0, timestamp } = manner;
    const signing = { ...attempt, keys: keysOf(signer, activeKeys(secrets, now), stranger) };
    if (typeof timestamp === 'string') return atText(secrets, signing, timestamp);
    const headers = atSeconds(secrets, signing, Math.floor(now / 1_000) + clockSkewSeconds);
    if (timestamp === null) return without(headers, 'timestamp');
    return signer === 'nobody' ? without(headers, 'signature') : headers;
  };
};
