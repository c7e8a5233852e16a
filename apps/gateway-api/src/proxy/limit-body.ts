import { pipeline, Transform } from 'node:stream';
import { AppError } from '@contact-sync/domain';
import type { preParsingAsyncHookHandler } from 'fastify';

const tooLarge = (): AppError =>
  new AppError('PAYLOAD_TOO_LARGE', { message: 'The body is larger than allowed.' });

/** Bounds a body that is streamed on: by its declared length, else by counting what comes. */
export const limitBody =
  (limitBytes: number): preParsingAsyncHookHandler =>
  async (request, reply, payload) => {
    const declared = request.headers['content-length'];
    if (declared !== undefined) {
      if (Number(declared) <= limitBytes) return payload;
      // The rest of the body is not waited for.
      reply.header('connection', 'close');
      throw tooLarge();
    }
    if (request.headers['transfer-encoding'] === undefined) return payload;
    let seen = 0;
    const counter = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        seen += chunk.length;
        if (seen > limitBytes) done(tooLarge());
        else done(null, chunk);
      },
    });
    // Whoever reads the counter hears of its error.
    pipeline(payload, counter, () => undefined);
    return counter;
  };
