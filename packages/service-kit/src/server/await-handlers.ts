import type { FastifyInstance } from 'fastify';
import fastifyPlugin from 'fastify-plugin';

/**
 * A server has not closed before its handlers have ended, those too whose caller has hung up and for which no connection
 * is open any more: what they have begun they finish with all that they need. For up to `withinMs` from the begin of the
 * close; what is under way then is logged.
 */
export const awaitHandlers = fastifyPlugin(
  async (app: FastifyInstance, { withinMs }: { readonly withinMs: number }) => {
    let underWay = 0;
    let closingAt = 0;
    let idle: (() => void) | undefined;
    const left = () => {
      underWay -= 1;
      if (underWay === 0) idle?.();
    };
    app.addHook('onRoute', (route) => {
      const { handler } = route;
      route.handler = function (request, reply) {
        const answer: unknown = handler.call(this, request, reply);
        if (answer instanceof Promise) {
          underWay += 1;
          answer.then(left, left);
        }
        return answer;
      };
    });
    app.addHook('preClose', (done) => {
      closingAt = performance.now();
      done();
    });
    app.addHook('onClose', async () => {
      if (underWay === 0) return;
      await new Promise<void>((resolve) => {
        const giveUp = () => {
          app.log.warn({ requests: underWay }, 'requests left under way');
          resolve();
        };
        const overdue = setTimeout(giveUp, Math.max(0, closingAt + withinMs - performance.now()));
        idle = () => {
          clearTimeout(overdue);
          resolve();
        };
      });
    });
  },
  { name: 'await-handlers' },
);
