/** Codes that only an attempt to connect ends with, so that no byte of a request has been sent. */
const codes: ReadonlySet<string> = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Whether an error of undici's says that there was no connection, and nothing was sent. */
export const isConnectFault = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && codes.has(String(error.code));
