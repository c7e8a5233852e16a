import type { Routes } from '@contact-sync/api-contracts';
import { type App, routePattern } from '@contact-sync/service-kit';

/** OPTIONS of every path of the contracts: 204 with the methods that it takes (RFC 9110 section 9.3.7). */
export const optionsRoutes = async (app: App, { routes }: { readonly routes: Routes }): Promise<void> => {
  const byPath = Map.groupBy(Object.values(routes), ({ path }) => routePattern(path));
  for (const [url, same] of byPath) {
    const methods = same.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
    const allow = [...methods, 'OPTIONS'].sort().join(', ');
    app.options(url, { config: { public: true } }, async (_request, reply) =>
      reply.code(204).header('allow', allow).send(),
    );
  }
};
