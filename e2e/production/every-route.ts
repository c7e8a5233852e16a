import { internalRoutes, publicRoutes, type RouteContract, webhookRoutes } from '@contact-sync/api-contracts';
import { validRequest } from '../callers/requests.ts';
import { readIssuer, tokenOf } from '../callers/tokens.ts';
import type { System } from '../src/system.ts';

/** Asks for each route once at the service that answers, as who may, and gives those that were answered 5xx. */
export const askEveryRoute = async (system: System, userId: string): Promise<readonly string[]> => {
  const known = { userId, clientId: system.machine.id };
  const issuer = await readIssuer(system.signingKeysFile);
  const ask = async (route: RouteContract, caller: 'admin' | 'service') => {
    const { path, method, headers, body } = validRequest(route, system);
    const token = tokenOf(issuer, caller, route, known);
    const answer = await fetch(`${system.urls[route.service]}${path}`, {
      method,
      headers: { ...headers, ...(token !== undefined && { authorization: `Bearer ${token}` }) },
      ...(body !== undefined && { body }),
    });
    // A stream has no end to be waited for.
    await answer.body?.cancel();
    return answer.status < 500 ? [] : [`${route.name}: ${answer.status}`];
  };
  const asked = [
    ...Object.values<RouteContract>({ ...publicRoutes, ...webhookRoutes }).map((route) =>
      ask(route, 'admin'),
    ),
    ...Object.values<RouteContract>(internalRoutes).map((route) => ask(route, 'service')),
  ];
  return (await Promise.all(asked)).flat();
};
