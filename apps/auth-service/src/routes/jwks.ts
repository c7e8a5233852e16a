import type { App } from '@contact-sync/service-kit';
import { Type } from 'typebox';
import { PublicJwk } from '../domain/signing-keys.ts';

const JwkSet = Type.Object({ keys: Type.Array(PublicJwk) });

/** `GET /.well-known/jwks.json`: the public halves of all signing keys (RFC 7517). */
export const jwksRoute = async (
  app: App,
  { publishedKeys }: { readonly publishedKeys: readonly PublicJwk[] },
): Promise<void> => {
  app.get(
    '/.well-known/jwks.json',
    { config: { public: true }, schema: { response: { 200: JwkSet } } },
    async (_, reply) => {
      reply.header('cache-control', 'public, max-age=60');
      return { keys: [...publishedKeys] };
    },
  );
};
