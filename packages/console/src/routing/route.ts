/** Where the page stands: the parts behind `#/`, and what is asked there. */
export type Route = { readonly path: readonly string[]; readonly query: Readonly<Record<string, string>> };

/** The route of a location's hash; what cannot be decoded is taken as it stands. */
export const routeOf = (hash: string): Route => {
  const [path = '', query = ''] = hash.replace(/^#?\/?/, '').split('?', 2);
  const decoded = (part: string): string => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  };
  return {
    path: path.split('/').filter(Boolean).map(decoded),
    query: Object.fromEntries(new URLSearchParams(query)),
  };
};

export type Query = Readonly<Record<string, string | undefined>>;

/** The link to a place of the console; what is empty or undefined is left out of the query. */
export const hrefOf = (path: readonly string[], query: Query = {}): string => {
  const given = Object.entries(query).flatMap(([name, value]) => (value ? [[name, value]] : []));
  const search = new URLSearchParams(given).toString();
  return `#/${path.map(encodeURIComponent).join('/')}${search === '' ? '' : `?${search}`}`;
};
