import { errorType, type Problem, statusOf, titleOfCode } from '@contact-sync/api-contracts';
import { AppError, type ErrorCode, type SchemaFault, toFieldErrors } from '@contact-sync/domain';

const ofFastify: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['UNSUPPORTED_MEDIA_TYPE', 'The content type is not supported.'],
  FST_ERR_CTP_BODY_TOO_LARGE: ['PAYLOAD_TOO_LARGE', 'The body is larger than allowed.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['MALFORMED_BODY', 'The body does not match its Content-Length.'],
  FST_ERR_BAD_URL: ['INVALID_PARAMETER', 'The path cannot be decoded.'],
  FST_ERR_HANDLER_TIMEOUT: ['TIMEOUT', 'The request took too long.'],
};

type Thrown = {
  readonly code?: unknown;
  readonly statusCode?: unknown;
  readonly validation?: readonly SchemaFault[];
  readonly validationContext?: string;
};

const ofClientFault = (status: number): ErrorCode =>
  status === 415 ? 'UNSUPPORTED_MEDIA_TYPE' : status === 413 ? 'PAYLOAD_TOO_LARGE' : 'MALFORMED_BODY';

/** Any thrown thing as an {@link AppError}: what we did not throw on purpose is INTERNAL and says nothing. */
export const toAppError = (thrown: unknown): AppError => {
  if (thrown instanceof AppError) return thrown;
  const error: Thrown = typeof thrown === 'object' && thrown !== null ? thrown : {};
  if (error.validation) {
    const code =
      error.validationContext === 'body'
        ? 'INVALID_BODY'
        : error.validationContext === 'headers'
          ? 'INVALID_HEADER'
          : 'INVALID_PARAMETER';
    return new AppError(code, {
      message: `The request's ${error.validationContext ?? 'input'} is not valid.`,
      errors: toFieldErrors(error.validation),
    });
  }
  const known = ofFastify[String(error.code)];
  if (known) return new AppError(known[0], { message: known[1], cause: thrown });
  const status = typeof error.statusCode === 'number' ? error.statusCode : 500;
  if (status >= 400 && status < 500) {
    return new AppError(ofClientFault(status), { message: 'The request cannot be read.', cause: thrown });
  }
  return new AppError('INTERNAL', { message: 'Something went wrong on our side.', cause: thrown });
};

/** The body and status that tell of `error`; no private text and no cause is in it. */
export const toProblem = (error: AppError, requestId: string): Problem => ({
  type: errorType(error.code),
  title: titleOfCode(error.code),
  status: statusOf[error.code],
  code: error.code,
  detail: error.message,
  requestId,
  ...(error.errors.length > 0 ? { errors: [...error.errors] } : {}),
});
