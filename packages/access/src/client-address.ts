import { isIP, SocketAddress } from 'node:net';

/** An address in brackets, or an IPv4 one, with a port behind it or not; as proxies write them. */
const withPort = /^(?:\[([^\]]*)\]|([\d.]+))(?::\d{1,5})?$/;
const mapped = /^::ffff:([\d.]+)$/;

/**
 * An address as one text, however it is spelled: without port, brackets and zone, an IPv4-mapped one as IPv4. Undefined
 * for what is no address.
 */
export const plainAddress = (text: string): string | undefined => {
  const [, bracketed, dotted] = withPort.exec(text.trim()) ?? [];
  const [address = ''] = (bracketed ?? dotted ?? text.trim()).split('%', 1);
  const kind = isIP(address);
  if (kind === 0) return undefined;
  if (kind === 4) return address;
  const canonical = new SocketAddress({ address, family: 'ipv6' }).address;
  return mapped.exec(canonical)?.[1] ?? canonical;
};

/**
 * What counts as one client of a plain address: an IPv4 address by itself, an IPv6 one with its /64, of which every
 * client has all.
 */
export const networkOf = (address: string): string => {
  if (isIP(address) !== 6) return address;
  const [head = '', tail = ''] = address.split('::');
  const groupsOf = (part: string) => part.split(':').filter((group) => group !== '');
  const [before, after] = [groupsOf(head), groupsOf(tail)];
  const zeros = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0');
  return `${[...before, ...zeros, ...after].slice(0, 4).join(':')}::/64`;
};
