// In the order of their bytes, so that texts of equal length sort as the numbers that they stand for.
const digits = '-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';

const half = 2 ** 24;

const digit = (value: number, shift: number): string => digits[(value >> shift) & 63] ?? '';

const fourDigits = (value: number): string =>
  digit(value, 18) + digit(value, 12) + digit(value, 6) + digit(value, 0);

/** Unix milliseconds, 0 to 2^48, in 8 characters whose byte order is that of time. */
export const compactTime = (unixMs: number): string => {
  const [high, low] = [Math.floor(unixMs / half), unixMs % half];
  return fourDigits(high) + fourDigits(low);
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
