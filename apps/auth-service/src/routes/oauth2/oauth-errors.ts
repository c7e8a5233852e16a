import type { Problem } from '@contact-sync/api-contracts';
import type { ErrorCode } from '@contact-sync/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';

const errorOf: Partial<Record<string, string>> = {
  INVALID_CLIENT: 'invalid_client',
  INVALID_SCOPE: 'invalid_scope',
  UNSUPPORTED_GRANT_TYPE: 'unsupported_grant_type',
  INTERNAL: 'server_error',
  OVERLOADED: 'temporarily_unavailable',
  DEPENDENCY_UNAVAILABLE: 'temporarily_unavailable',
  STORAGE_FULL: 'temporarily_unavailable',
} satisfies Partial<Record<ErrorCode, string>>;

/**
 * Adds RFC 6749's `error` word to a problem on its way out (section 5.2), and asks a client that failed to
 * authenticate for Basic credentials.
 */
export const addOAuthError = async (
  _request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
): Promise<unknown> => {
  if (reply.statusCode < 400) return payload;
  const problem = payload as Problem;
  if (problem.code === 'INVALID_CLIENT') reply.header('www-authenticate', 'Basic realm="contact-sync"');
  return { ...problem, error: errorOf[problem.code] ?? 'invalid_request' };
};
