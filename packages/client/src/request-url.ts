type Values = Readonly<Record<string, unknown>>;

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

/**
 * A path with its parameters filled in, and the query behind it. A parameter is encoded whole, so that none leaves its
 * segment.
 *
 * @throws {TypeError} where a parameter is missing, empty, `.` or `..`: the path would be another one.
 */
export const requestUrl = (template: string, params: Values = {}, query: Values = {}): string => {
  const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name];
    const text = isGiven(value) ? String(value) : '';
    if (text === '' || text === '.' || text === '..')
      throw new TypeError(`the parameter ${name} is not usable`);
    return encodeURIComponent(text);
  });
  const search = new URLSearchParams(
    Object.entries(query)
      .filter(([, value]) => isGiven(value))
      .map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
  return search === '' ? path : `${path}?${search}`;
};
