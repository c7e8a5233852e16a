import fastifyPlugin from 'fastify-plugin';
import type { CheckPrincipal } from '../use-cases/check-principal.ts';

/** Refuses whoever is no longer what the token says, on every guarded route and before its body is read. */
export const revokedPrincipals = fastifyPlugin<{ readonly checkPrincipal: CheckPrincipal }>(
  async (app, { checkPrincipal }) => {
    app.addHook('onRequest', async ({ principal }, reply) => {
      if (principal === null) return;
      reply.header('www-authenticate', 'Bearer realm="contact-sync", error="invalid_token"');
      await checkPrincipal(principal);
      reply.removeHeader('www-authenticate');
    });
  },
  { name: 'revoked-principals', dependencies: ['access'] },
);
