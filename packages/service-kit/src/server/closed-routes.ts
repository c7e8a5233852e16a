import type { RouteAccess, RouteContract } from '@contact-sync/api-contracts';
import type { FastifyInstance, RouteOptions } from 'fastify';
import fastifyPlugin from 'fastify-plugin';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the route is served by. */
    contract?: RouteContract;
    /** Anybody may call this route. */
    public?: true;
    /** What the caller must be allowed to do; an internal scope makes the route take internal tokens only. */
    permission?: Exclude<RouteAccess, 'public'>;
  }
}

const isGuarded = (config: RouteOptions['config']): boolean => config?.permission !== undefined;

/**
 * Refuses to boot an app that has a route which is neither public nor guarded by a permission, or that guards a route
 * without anything that checks it (design: routes are closed).
 */
export const closedRoutes = fastifyPlugin(
  async (app: FastifyInstance) => {
    let guarded: string | undefined;
    app.addHook('onRoute', (route) => {
      if (isGuarded(route.config)) guarded ??= `${String(route.method)} ${route.url}`;
      else if (route.config?.public !== true) {
        throw new Error(`${String(route.method)} ${route.url} is neither public nor guarded by a permission`);
      }
    });
    app.addHook('onReady', async () => {
      if (guarded && !app.hasRequestDecorator('principal')) {
        throw new Error(`${guarded} asks for a permission but nothing verifies tokens`);
      }
    });
  },
  { name: 'closed-routes' },
);
