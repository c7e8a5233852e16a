import type { App } from '@contact-sync/service-kit';

/** What a delivery may take from its last byte to its answer, and then some. */
const lastAnswersMs = 4_000;

/**
 * Keeps to the server's own time-outs what Node would let go beyond them: a body that comes slowly has no more time
 * than the whole request, and a connection that asks nothing, or never finishes asking, does not hold up the end.
 */
export const boundConnections = (app: App): void => {
  // Where the headers have more time than the request, Node swaps the two, and bodies get the longer one.
  app.server.headersTimeout = app.server.requestTimeout;
  app.addHook('preClose', async () => {
    setTimeout(() => app.server.closeAllConnections(), lastAnswersMs).unref();
  });
};
