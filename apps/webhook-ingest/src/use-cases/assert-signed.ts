import { AppError } from '@contact-sync/domain';
import type { IngestPorts, SignatureVerdict, SignedDelivery } from '../ports.ts';

type RefusalCode = Extract<SignatureVerdict, { ok: false }>['code'];

const refusals: Readonly<Record<RefusalCode, string>> = {
  SIGNATURE_MISSING: 'The delivery is not signed.',
  SIGNATURE_INVALID: 'The signature does not match the body.',
  TIMESTAMP_INVALID: 'The timestamp of the attempt must be Unix time in whole seconds.',
  TIMESTAMP_OUTSIDE_WINDOW: 'The timestamp of the attempt is too far from our clock.',
};

/**
 * The id of the secret that signed the delivery.
 *
 * @throws {AppError} one of the SIGNATURE_ and TIMESTAMP_ codes.
 */
export const assertSigned = (
  { verifier, observer, now }: Pick<IngestPorts, 'verifier' | 'observer' | 'now'>,
  delivery: SignedDelivery,
): string => {
  const verdict = verifier.verify({ ...delivery, now: now() });
  if (verdict.ok) return verdict.secretId;
  observer.unsigned(verdict.code);
  throw new AppError(verdict.code, { message: refusals[verdict.code] });
};
