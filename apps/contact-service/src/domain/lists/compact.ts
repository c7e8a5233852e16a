// In the order of their bytes, so that texts of equal length sort as the numbers that they stand for.
const digits = '-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';

const timeLength = 8;

/** Unix milliseconds, 0 to 2^48, in 8 characters whose byte order is that of time. */
export const compactTime = (unixMs: number): string => {
  let text = '';
  let rest = unixMs;
  for (let at = 0; at < timeLength; at += 1) {
    text = digits.charAt(rest % 64) + text;
    rest = Math.floor(rest / 64);
  }
  return text;
};

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const verbatim = '!';

/** An id in 22 characters; one that is no UUID in lower case stands behind a mark as it is. */
export const compactId = (id: string): string =>
  uuid.test(id) ? Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url') : `${verbatim}${id}`;

/** The way back from {@link compactId}. */
export const expandId = (compact: string): string =>
  compact.startsWith(verbatim)
    ? compact.slice(verbatim.length)
    : Buffer.from(compact, 'base64url')
        .toString('hex')
        .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
