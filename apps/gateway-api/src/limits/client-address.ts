import type { IncomingMessage } from 'node:http';
import { BlockList, isIPv6 } from 'node:net';
import { plainAddress } from '@contact-sync/access';

/** Who sent a request, by what the connection and trusted proxies say. */
export type ClientAddress = (request: Pick<IncomingMessage, 'headers' | 'socket'>) => string;

const familyOf = (address: string) => (isIPv6(address) ? 'ipv6' : 'ipv4');

const listOf = (cidrs: readonly string[]): BlockList => {
  const list = new BlockList();
  for (const cidr of cidrs) {
    const [address = '', bits] = cidr.split('/');
    const family = familyOf(address);
    list.addSubnet(address, Number(bits ?? (family === 'ipv6' ? 128 : 32)), family);
  }
  return list;
};

/**
 * The plain address of a client: what the last proxy that is trusted says it is. A proxy's own address where that says
 * nothing that is one.
 *
 * @throws {TypeError | RangeError} where a CIDR is none.
 */
export const clientAddress = (trustedProxies: readonly string[]): ClientAddress => {
  const trusted = listOf(trustedProxies);
  return ({ headers, socket }) => {
    let address = plainAddress(socket.remoteAddress ?? '') ?? '';
    const hops = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
    while (trusted.check(address, familyOf(address))) {
      const told = plainAddress(hops.pop() ?? '');
      if (told === undefined) break;
      address = told;
    }
    return address;
  };
};
