import fastifyCompress from '@fastify/compress';
import type { FastifyInstance, FastifyReply } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { addVary } from './vary.ts';

const THRESHOLD_BYTES = 1_024;

const json = /^application\/(?:[\w.-]+\+)?json(?:;|$)/;

const isJson = (reply: FastifyReply): boolean => json.test(String(reply.getHeader('content-type') ?? ''));

/** Whether compressing would be wrong or not worth it; a stream whose length is not told counts as long. */
const isLeftAsItIs = (reply: FastifyReply): boolean =>
  !isJson(reply) ||
  [204, 206, 304].includes(reply.statusCode) ||
  Number(reply.getHeader('content-length') ?? THRESHOLD_BYTES) < THRESHOLD_BYTES ||
  String(reply.getHeader('cache-control') ?? '').includes('no-transform');

/**
 * Compresses JSON of 1,024 bytes and more by Accept-Encoding, brotli before gzip, and nothing else: an event stream goes
 * out as it comes. The ETag stays that of the version (docs/adr/0032). To be registered before the routes.
 */
export const compression = fastifyPlugin(
  async (app: FastifyInstance) => {
    app.addHook('onSend', (request, reply, payload, done) => {
      if (isJson(reply) || reply.statusCode === 304) addVary(reply, 'accept-encoding');
      // The plugin's own switch; it would compress short streams too, and other types that gain by it.
      if (isLeftAsItIs(reply)) request.headers['x-no-compression'] = 'true';
      done(null, payload);
    });
    await app.register(fastifyCompress, {
      globalDecompression: false,
      encodings: ['br', 'gzip'],
      threshold: THRESHOLD_BYTES,
      // The gateway's own texts: an answer of text must be ready in the turn in which it is written (send-together).
      syncThreshold: Number.MAX_SAFE_INTEGER,
    });
  },
  { name: 'compression' },
);
