import type { ErrorCode } from '@contact-sync/domain';
import type { RouteContract } from './route-contract.ts';

/** What every route can answer. */
export const commonErrors: readonly ErrorCode[] = [
  'RATE_LIMITED',
  'OVERLOADED',
  'SHUTTING_DOWN',
  'TIMEOUT',
  'DEPENDENCY_UNAVAILABLE',
  'INTERNAL',
];

const ofAccess = ({ access }: RouteContract): readonly ErrorCode[] =>
  access === 'public'
    ? []
    : access === 'authenticated'
      ? ['UNAUTHENTICATED']
      : ['UNAUTHENTICATED', 'FORBIDDEN'];

const ofParts = ({
  params,
  query,
  headers,
  idempotencyKey,
  condition,
}: RouteContract): readonly ErrorCode[] => [
  ...(params || query ? (['INVALID_PARAMETER'] as const) : []),
  ...(headers || idempotencyKey || condition ? (['INVALID_HEADER'] as const) : []),
  ...(idempotencyKey ? (['IDEMPOTENCY_KEY_REUSED', 'IDEMPOTENCY_KEY_EXPIRED'] as const) : []),
  ...(condition === 'if-match' ? (['PRECONDITION_REQUIRED', 'PRECONDITION_FAILED'] as const) : []),
  ...(condition === 'if-match-optional' ? (['PRECONDITION_FAILED'] as const) : []),
];

const ofBody = ({ body }: RouteContract): readonly ErrorCode[] =>
  body ? ['MALFORMED_BODY', 'INVALID_BODY', 'UNSUPPORTED_MEDIA_TYPE', 'PAYLOAD_TOO_LARGE'] : [];

/** Every code that a route can answer: those it names and those that follow from its access, parts and body. */
export const errorsOf = (route: RouteContract): readonly ErrorCode[] => [
  ...new Set([...route.errors, ...ofBody(route), ...ofParts(route), ...ofAccess(route), ...commonErrors]),
];
