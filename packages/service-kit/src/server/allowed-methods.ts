import type { FastifyInstance } from 'fastify';

type Known = { readonly segments: readonly string[]; readonly methods: readonly string[] };

/** What an app's paths take. Paths are compared decoded once, as the router does. */
export type Resources = {
  /**
   * The methods that a path takes, sorted; none for a path that leads nowhere.
   *
   * @throws {URIError} for a path that cannot be decoded, which the router answers before.
   */
  readonly methodsOf: (url: string) => readonly string[];
  /** Whether a route took the path for its parameter though it is one of its own, which does not take the method. */
  readonly isTakenForParameter: (url: string, pattern: string) => boolean;
};

const segmentsOf = (path: string): string[] => path.split('/').slice(1);

/** A slash that is spelled with a percent sign parts no segments. */
const decoded = (segment: string): string => {
  const text = decodeURIComponent(segment);
  return text.includes('/') ? segment : text;
};

const pathOf = (url: string): string => {
  const end = url.indexOf('?');
  const path = end === -1 ? url : url.slice(0, end);
  return path.includes('%') ? path.split('/').map(decoded).join('/') : path;
};

const matches = (pattern: readonly string[], path: readonly string[]): boolean => {
  const isOpen = pattern.at(-1) === '*';
  if (isOpen ? path.length < pattern.length : path.length !== pattern.length) return false;
  return pattern.every((segment, index) => {
    const given = path[index];
    return segment === '*' || segment === given || (segment.startsWith(':') && given !== '');
  });
};

const isPlain = (pattern: string): boolean => !pattern.includes(':') && !pattern.includes('*');

/** Gathers the routes that an app is given from now on. For routes whose parameters are whole segments. */
export const gatherResources = (app: FastifyInstance): Resources => {
  const known: Known[] = [];
  const plain = new Map<string, string[]>();
  app.addHook('onRoute', ({ url, method }) => {
    const methods = [method].flat();
    known.push({ segments: segmentsOf(url), methods });
    if (isPlain(url)) plain.set(url, [...(plain.get(url) ?? []), ...methods]);
  });
  return {
    methodsOf: (url) => {
      const path = pathOf(url);
      const own = plain.get(path);
      if (own) return [...new Set(own)].sort();
      const segments = segmentsOf(path);
      const found = known.filter((route) => matches(route.segments, segments));
      return [...new Set(found.flatMap(({ methods }) => methods))].sort();
    },
    isTakenForParameter: (url, pattern) => !isPlain(pattern) && plain.has(pathOf(url)),
  };
};
