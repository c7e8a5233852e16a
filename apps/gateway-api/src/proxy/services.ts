import type { RouteContract, Routes, ServiceName } from '@contact-sync/api-contracts';

/** The services that can be reached through the gateway. */
export type ForwardedService = Exclude<ServiceName, 'gateway-api' | 'webhook-ingest'>;

/** Where they are. */
export type ServiceUrls = Readonly<Record<ForwardedService, string>>;

/** A route that is passed on to a service. */
export type ForwardedRoute = RouteContract & { readonly service: ForwardedService };

const assertForwarded: (route: RouteContract, urls: ServiceUrls) => asserts route is ForwardedRoute = (
  { name, service },
  urls,
) => {
  if (!Object.hasOwn(urls, service)) throw new Error(`route ${name}: ${service} is not behind the gateway`);
};

/**
 * Those of the routes that another service answers.
 *
 * @throws {Error} where a route is of a service that cannot be reached from outside.
 */
export const forwardedRoutes = (routes: Routes, urls: ServiceUrls): readonly ForwardedRoute[] =>
  Object.values(routes)
    .filter(({ service }) => service !== 'gateway-api')
    .map((route) => {
      assertForwarded(route, urls);
      return route;
    });
