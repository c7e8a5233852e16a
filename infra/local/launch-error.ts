/** A fault that the user can mend: what is wrong, and what to do. Commands print both without a stack and exit with 1. */
export class LaunchError extends Error {
  readonly remedy: string | undefined;

  constructor(message: string, options: { remedy?: string; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = 'LaunchError';
    this.remedy = options.remedy;
  }
}

/** Text for people: message and remedy of a LaunchError; anything else is a bug here, so it keeps its stack. */
export function describeFailure(error: unknown): string {
  if (error instanceof LaunchError) {
    return error.remedy === undefined ? error.message : `${error.message}\n\n${error.remedy}`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** The short text of any thrown value, for use inside another message. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // fetch says only "fetch failed" and keeps what happened in its cause.
  return error.cause instanceof Error ? `${error.message}: ${reasonOf(error.cause)}` : error.message;
}
