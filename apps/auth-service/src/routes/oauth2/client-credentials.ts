import { AppError } from '@contact-sync/domain';
import type { TokenRequest } from './schemas.ts';

export type ClientCredentials = { readonly clientId: string; readonly clientSecret: string };

const invalidClient = (): AppError =>
  new AppError('INVALID_CLIENT', { message: 'The client must authenticate with its id and secret.' });

const decodePart = (part: string): string => {
  try {
    return decodeURIComponent(part.replaceAll('+', ' '));
  } catch {
    throw invalidClient();
  }
};

// RFC 6749 section 2.3.1: both halves are form-encoded inside the Basic credentials.
const readBasic = (authorization: string): ClientCredentials => {
  const encoded = /^Basic +([A-Za-z0-9+/]+={0,2})$/i.exec(authorization)?.[1];
  const [, id, secret] = /^([^:]+):(.+)$/s.exec(Buffer.from(encoded ?? '', 'base64').toString()) ?? [];
  if (id === undefined || secret === undefined) throw invalidClient();
  return { clientId: decodePart(id), clientSecret: decodePart(secret) };
};

/**
 * The client's credentials from the Authorization header (client_secret_basic) or the form (client_secret_post).
 *
 * @throws {AppError} INVALID_CLIENT without them, INVALID_BODY with both.
 */
export const readClientCredentials = (
  authorization: string | undefined,
  form: Pick<TokenRequest, 'client_id' | 'client_secret'>,
): ClientCredentials => {
  const { client_id: clientId, client_secret: clientSecret } = form;
  if (authorization !== undefined) {
    if (clientSecret !== undefined) {
      throw new AppError('INVALID_BODY', { message: 'A client must authenticate in one way only.' });
    }
    const basic = readBasic(authorization);
    if (clientId === undefined || clientId === basic.clientId) return basic;
    throw invalidClient();
  }
  if (clientId === undefined || clientSecret === undefined) throw invalidClient();
  return { clientId, clientSecret };
};
