/** Every stable code that an answer, a log line or a dead letter may carry. A code never changes its meaning. */
export const errorCodes = [
  // The request
  'MALFORMED_BODY',
  'INVALID_BODY',
  'INVALID_PARAMETER',
  'INVALID_HEADER',
  'INVALID_CURSOR',
  'UNSUPPORTED_MEDIA_TYPE',
  'PAYLOAD_TOO_LARGE',
  'NOT_FOUND',
  'METHOD_NOT_ALLOWED',
  'RATE_LIMITED',
  // Who asks
  'UNAUTHENTICATED',
  'INVALID_CREDENTIALS',
  'FORBIDDEN',
  'INVALID_CLIENT',
  'UNSUPPORTED_GRANT_TYPE',
  'INVALID_SCOPE',
  // Accounts
  'EMAIL_TAKEN',
  'LAST_ADMIN',
  'CLIENT_EXISTS',
  // Webhooks
  'SIGNATURE_MISSING',
  'SIGNATURE_INVALID',
  'TIMESTAMP_INVALID',
  'TIMESTAMP_OUTSIDE_WINDOW',
  // Contacts
  'CONTACT_NOT_FOUND',
  'CONTACT_DELETED',
  'CONTACT_EXISTS',
  'PRECONDITION_REQUIRED',
  'PRECONDITION_FAILED',
  'IDEMPOTENCY_KEY_REUSED',
  'IDEMPOTENCY_KEY_EXPIRED',
  'CONFLICT',
  // Events
  'VERSION_CONFLICT',
  'INVALID_EVENT',
  'MAPPING_FAILED',
  'UNDECODABLE',
  // Simulator
  'RUN_NOT_FOUND',
  'RUN_ACTIVE',
  // The inside
  'OVERLOADED',
  'SHUTTING_DOWN',
  'DEPENDENCY_UNAVAILABLE',
  'STORAGE_FULL',
  'TIMEOUT',
  'INTERNAL',
] as const;

export type ErrorCode = (typeof errorCodes)[number];
