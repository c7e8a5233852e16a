/** Host and port for logs, without user and password. Throws a TypeError, which does not repeat the URL. */
export const parseServerUrl = (text: string): string => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['redis:', 'rediss:'].includes(url.protocol) || url.hostname === '') {
    throw new TypeError('a Redis URL reads redis://host:port or rediss://host:port');
  }
  return `${url.hostname}:${url.port || '6379'}`;
};
