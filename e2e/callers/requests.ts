import { randomUUID } from 'node:crypto';
import type { RouteContract } from '@contact-sync/api-contracts';
import { acmeHeaders } from '../src/acme.ts';
import type { System } from '../src/system.ts';

/** What stands for the contract's example where the system at hand has secrets of its own. */
const ownBody = (name: string, system: System): unknown => {
  if (name === 'logIn') return system.admin;
  if (name !== 'requestToken') return undefined;
  const { id, secret } = system.machine;
  return { grant_type: 'client_credentials', client_id: id, client_secret: secret };
};

/** The parts of the query that must be given. */
const neededQuery = ({ query }: RouteContract): string => {
  const needed = Object.entries(query?.properties ?? {}).filter(
    ([name, schema]) =>
      (query?.required as readonly string[] | undefined)?.includes(name) && !('default' in schema),
  );
  return needed.length === 0
    ? ''
    : `?${new URLSearchParams(Object.fromEntries(needed.map(([name]) => [name, randomUUID()])))}`;
};

/** The contract's own example as a request, valid in every part; ids are of nothing that there is. */
export const validRequest = (route: RouteContract, system: System) => {
  const path = route.path.replaceAll(/\{\w+\}/g, () => randomUUID()) + neededQuery(route);
  if (!route.body) return { path, method: route.method, headers: {} };
  const [type = 'application/json'] = route.body.types ?? [];
  const value = ownBody(route.name, system) ?? route.body.example;
  const body =
    route.body.as === 'form'
      ? `${new URLSearchParams(value as Record<string, string>)}`
      : JSON.stringify(value);
  const signature = route.body.as === 'bytes' ? acmeHeaders(system.acmeSecret, body) : {};
  return { path, method: route.method, headers: { 'content-type': type, ...signature }, body };
};
