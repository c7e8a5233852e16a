import type { UpstreamAnswer } from './upstream.ts';

/** Longest answer that is read whole before it is passed on, in bytes: most contacts, and few lists. */
const SHORT_BYTES = 16_384;

/**
 * The body of an answer, whole where it says that it is short and as it comes otherwise: a stream of its own is
 * written by itself, and a short answer together with others. Undefined where there is none; what answers HEAD tells of another's length.
 *
 * @throws what undici throws where it breaks off; nothing of it has been passed on then.
 */
export const wholeIfShort = async (
  method: string,
  { headers, body }: Pick<UpstreamAnswer, 'headers' | 'body'>,
): Promise<Buffer | UpstreamAnswer['body'] | undefined> => {
  const length = headers['content-length'];
  if (method === 'HEAD' || length === undefined || Number(length) > SHORT_BYTES) return body;
  const bytes = await body.bytes();
  return bytes.length === 0 ? undefined : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
};
