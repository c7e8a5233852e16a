import type { BodyOf, machineRoutes } from '@contact-sync/api-contracts';
import { AppError } from '@contact-sync/domain';
import type { ClientCredentials } from '../../use-cases/grant-machine-token.ts';

type TokenRequest = BodyOf<typeof machineRoutes.requestToken>;

const invalidClient = (): AppError =>
  new AppError('INVALID_CLIENT', { message: 'The client must authenticate with its id and secret.' });

const decodePart = (part: string): string => decodeURIComponent(part.replaceAll('+', ' '));

const decode = ({ clientId, clientSecret }: ClientCredentials): ClientCredentials | undefined => {
  try {
    return { clientId: decodePart(clientId), clientSecret: decodePart(clientSecret) };
  } catch {
    return undefined;
  }
};

/**
 * RFC 6749 section 2.3.1 has both halves form-encoded inside the Basic credentials, and most clients leave it out: both
 * readings, where they are not the same.
 */
const readBasic = (authorization: string): readonly ClientCredentials[] => {
  const encoded = /^Basic +([A-Za-z0-9+/]+={0,2})$/i.exec(authorization)?.[1];
  const text = Buffer.from(encoded ?? '', 'base64').toString();
  const [, clientId, clientSecret] = /^([^:]+):(.+)$/s.exec(text) ?? [];
  if (clientId === undefined || clientSecret === undefined) throw invalidClient();
  const plain = { clientId, clientSecret };
  if (!/[+%]/.test(text)) return [plain];
  return [decode(plain) ?? [], plain].flat();
};

/**
 * The client's credentials from the Authorization header (client_secret_basic) or the form (client_secret_post), in
 * every way that they can be read.
 *
 * @throws {AppError} INVALID_CLIENT without them, INVALID_BODY with both.
 */
export const readClientCredentials = (
  authorization: string | undefined,
  form: Pick<TokenRequest, 'client_id' | 'client_secret'>,
): readonly ClientCredentials[] => {
  const { client_id: clientId, client_secret: clientSecret } = form;
  if (authorization !== undefined) {
    if (clientSecret !== undefined) {
      throw new AppError('INVALID_BODY', { message: 'A client must authenticate in one way only.' });
    }
    const readings = readBasic(authorization).filter(
      (basic) => clientId === undefined || clientId === basic.clientId,
    );
    if (readings.length > 0) return readings;
    throw invalidClient();
  }
  if (clientId === undefined || clientSecret === undefined) throw invalidClient();
  return [{ clientId, clientSecret }];
};
