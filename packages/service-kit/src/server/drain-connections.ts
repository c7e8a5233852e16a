import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import fastifyPlugin from 'fastify-plugin';

/** What a request that is under way may take once the server closes. */
export const LAST_ANSWERS_MS = 5_000;
const REAP_INTERVAL_MS = 100;

/**
 * Ends connections in order. From `draining` on every answer says `Connection: close`, so that callers move on before
 * the port is closed. A server that closes answers what is under way, lets go of each connection as soon as it rests or
 * has never said anything, and after 5 s of what
 * still has not finished asking or being answered, which it logs.
 */
export const drainConnections = fastifyPlugin(
  async (app: FastifyInstance, { draining }: { draining: AbortSignal | undefined }) => {
    const open = new Set<Socket>();
    let isClosing = false;
    app.server.on('connection', (socket) => {
      open.add(socket);
      socket.once('close', () => open.delete(socket));
    });
    app.addHook('onSend', (_request, reply, payload, done) => {
      if (isClosing || draining?.aborted) reply.header('connection', 'close');
      done(null, payload);
    });
    app.addHook('preClose', (done) => {
      isClosing = true;
      // Node and Fastify close what rests at this moment only, and take a connection that never asked for a busy one.
      const reaping = setInterval(() => {
        app.server.closeIdleConnections();
        for (const socket of open) if (socket.bytesRead === 0) socket.destroy();
      }, REAP_INTERVAL_MS).unref();
      const cutting = setTimeout(() => {
        app.log.warn({ connections: open.size }, 'connections cut off');
        app.server.closeAllConnections();
      }, LAST_ANSWERS_MS).unref();
      app.server.once('close', () => {
        clearInterval(reaping);
        clearTimeout(cutting);
      });
      done();
    });
  },
  { name: 'drain-connections' },
);
