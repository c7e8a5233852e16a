/** Bytes on the wire that the console takes before it shows anything: its page, and all that the page names. */
export const firstLoadBytes = async (gatewayUrl: string): Promise<number> => {
  const bytesOf = async (path: string) => {
    const response = await fetch(new URL(path, gatewayUrl), { headers: { 'accept-encoding': 'br' } });
    if (!response.ok) throw new Error(`${path} is answered ${response.status}`);
    return { text: await response.text(), bytes: Number(response.headers.get('content-length')) };
  };
  const page = await bytesOf('/console/');
  const named = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path = '']) => path);
  const files = await Promise.all(named.map(bytesOf));
  return files.reduce((sum, { bytes }) => sum + bytes, page.bytes);
};
