import fastifyPlugin from 'fastify-plugin';
import { answerFaults } from './answer-faults.ts';

const textOf = (payload: unknown): string =>
  typeof payload === 'string' || Buffer.isBuffer(payload) ? payload.toString() : '';

/**
 * For tests: a caller gets no answer that does not hold its contract. `inject` rejects with what is wrong, and a
 * connection is cut.
 */
export const checkedAnswers = fastifyPlugin(
  async (app) => {
    app.addHook('onSend', async (request, reply, payload) => {
      const { contract } = request.routeOptions.config;
      // HEAD is answered as GET is, without the body.
      if (request.method !== contract?.method) return payload;
      const answer = { status: reply.statusCode, headers: reply.getHeaders(), body: textOf(payload) };
      const faults = answerFaults(contract, answer);
      if (faults.length === 0) return payload;
      reply.raw.destroy(new Error(`${contract.name} answers ${answer.status}: ${faults.join('; ')}`));
      return payload;
    });
  },
  { name: 'checked-answers' },
);
