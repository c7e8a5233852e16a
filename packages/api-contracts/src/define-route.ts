import { isInternalScope } from './permissions.ts';
import type { RouteContract } from './route-contract.ts';

const parametersOf = (path: string): string[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');

const faultOf = (route: RouteContract): string | undefined => {
  const { path, method, access, params, body, condition, idempotencyKey, answers } = route;
  const declared = Object.keys(params?.properties ?? {});
  const changes = method !== 'GET';
  if (parametersOf(path).sort().join() !== declared.sort().join())
    return 'its path and params name different parameters';
  if (isInternalScope(access) !== path.startsWith('/internal/'))
    return 'an internal scope belongs to a path under /internal/';
  if (body && (method === 'GET' || method === 'DELETE')) return `${method} has no body`;
  if (condition?.startsWith('if-match') && !changes) return 'If-Match is for changes';
  if (idempotencyKey && !changes) return 'an Idempotency-Key is for changes';
  if (Object.keys(answers).length === 0) return 'it has no answer';
  return undefined;
};

/**
 * A contract with its own types kept, so that handlers and the client follow from it.
 *
 * @throws {Error} at import where the parts of the contract disagree.
 */
export const defineRoute = <const Route extends RouteContract>(route: Route): Route => {
  const fault = faultOf(route);
  if (fault !== undefined) throw new Error(`route ${route.name}: ${fault}`);
  return route;
};
