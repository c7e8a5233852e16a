import type { FastifyInstance } from 'fastify';

type Known = { readonly segments: readonly string[]; readonly methods: readonly string[] };

const segmentsOf = (path: string): string[] => path.split('/').slice(1);

const matches = (pattern: readonly string[], path: readonly string[]): boolean => {
  const isOpen = pattern.at(-1) === '*';
  if (isOpen ? path.length < pattern.length : path.length !== pattern.length) return false;
  return pattern.every((segment, index) => {
    const given = path[index];
    return segment === '*' || segment === given || (segment.startsWith(':') && given !== '');
  });
};

/**
 * Gathers the routes that an app is given from now on; answers the methods that a path takes, sorted, none for a path
 * that leads nowhere. Paths are compared decoded once, as the router does. For routes whose parameters are whole segments.
 *
 * @throws {URIError} for a path that cannot be decoded, which the router answers before.
 */
export const gatherMethods = (app: FastifyInstance): ((url: string) => readonly string[]) => {
  const known: Known[] = [];
  app.addHook('onRoute', ({ url, method }) => {
    known.push({ segments: segmentsOf(url), methods: [method].flat() });
  });
  return (url) => {
    const path = segmentsOf(url.split('?')[0] ?? '').map(decodeURIComponent);
    const found = known.filter(({ segments }) => matches(segments, path));
    return [...new Set(found.flatMap(({ methods }) => methods))].sort();
  };
};
