import type { IncomingMessage } from 'node:http';
import { AppError } from '@contact-sync/domain';

export type BodyBounds = {
  /** Largest body, in bytes. */
  readonly limitBytes: number;
  /** Books bytes for as long as the request lasts; false where there is no room for them. */
  readonly book: (bytes: number) => boolean;
  /** Ends the reading with its reason. */
  readonly signal: AbortSignal;
};

const tooLarge = (): AppError =>
  new AppError('PAYLOAD_TOO_LARGE', { message: 'The body is larger than allowed.' });

const noRoom = (): AppError =>
  new AppError('OVERLOADED', { message: 'Too many bodies at once.', retryable: true, retryAfterMs: 1_000 });

const brokenOff = (): AppError => new AppError('MALFORMED_BODY', { message: 'The body broke off.' });

/**
 * The whole body, so that one that comes slowly keeps no connection to a service.
 *
 * @throws {AppError} PAYLOAD_TOO_LARGE, OVERLOADED, MALFORMED_BODY, or the signal's reason; the rest is not kept.
 */
export const readBody = (
  payload: IncomingMessage,
  { limitBytes, book, signal }: BodyBounds,
): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const end = (settle: () => void): void => {
      payload.off('data', take).off('end', onEnd).off('error', onError);
      signal.removeEventListener('abort', onAbort);
      settle();
    };
    const refuse = (error: unknown): void => {
      end(() => reject(error));
      // What comes yet is nobody's; a paused stream would keep it.
      payload.resume().on('error', () => undefined);
    };
    const take = (chunk: Buffer): void => {
      size += chunk.length;
      if (size > limitBytes) refuse(tooLarge());
      else if (book(chunk.length)) chunks.push(chunk);
      else refuse(noRoom());
    };
    const onEnd = () => end(() => resolve(Buffer.concat(chunks, size)));
    const onError = () => refuse(brokenOff());
    const onAbort = () => refuse(signal.reason);
    payload.on('data', take).on('end', onEnd).on('error', onError);
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) onAbort();
    else if (Number(payload.headers['content-length'] ?? 0) > limitBytes) refuse(tooLarge());
  });
