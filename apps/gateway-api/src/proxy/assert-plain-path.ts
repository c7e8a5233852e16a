import { AppError } from '@contact-sync/domain';
import type { FastifyRequest } from 'fastify';

const refuse = (): never => {
  throw new AppError('INVALID_PARAMETER', { message: 'The path of the request is not plain.' });
};

/** Whatever one decoder or another could take for a separator, a parent, or an end of the path. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const suspicious = /[\\;\u0000-\u001f\u007f]|\/\/|(?:^|\/)\.{1,2}(?:\/|$)|%(?:2f|5c)/i;

const MAX_DECODINGS = 4;

const decode = (path: string): string | undefined => {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
};

/**
 * Lets only paths through that mean the same to every reader: absolute, without empty, `.` or `..` segments,
 * backslashes, semicolons, control characters, fragments or encoded slashes, however often they are encoded (reliability 34).
 *
 * @throws {AppError} INVALID_PARAMETER for any other.
 */
export const assertPlainPath = async (request: Pick<FastifyRequest, 'url'>): Promise<void> => {
  const [path = ''] = request.url.split('?', 1);
  if (!path.startsWith('/') || path.includes('#') || decode(path) === undefined) refuse();
  let decoded: string | undefined = path;
  for (let round = 0; decoded !== undefined; round += 1) {
    if (round === MAX_DECODINGS || suspicious.test(decoded)) refuse();
    const next = decode(decoded);
    decoded = next === decoded ? undefined : next;
  }
};
