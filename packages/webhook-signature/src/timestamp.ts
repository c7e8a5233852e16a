/** The spelling of a Unix time in a header. Throws a RangeError on anything but a whole second from 1970 on. */
export const checkedSeconds = (timestamp: number): string => {
  if (!Number.isSafeInteger(timestamp) || timestamp < 0) {
    throw new RangeError('a timestamp is whole Unix seconds');
  }
  return String(timestamp);
};
