/** No answer came: no connection, one that broke, or none in time. A change may have had its effect all the same. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';

  constructor(method: string, path: string, cause: unknown) {
    const reason = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
    super(`${method} ${path} got no answer: ${reason instanceof Error ? reason.message : String(reason)}`, {
      cause,
    });
  }
}
