import { BlockList, isIP } from 'node:net';

/** Where deliveries may go: an origin in its one spelling, `http://webhook-ingest:3003`. */
export type Target = {
  readonly origin: string;
  /** Without brackets. */
  readonly host: string;
};

/** The target of that spelling; undefined for whatever is no plain origin, an address in another spelling among them. */
export const readTarget = (text: string): Target | undefined => {
  const plain = text.replace(/\/$/, '');
  if (!URL.canParse(plain)) return undefined;
  const { origin, protocol, hostname } = new URL(plain);
  if (origin !== plain || (protocol !== 'http:' && protocol !== 'https:')) return undefined;
  return { origin, host: hostname.replace(/^\[|\]$/g, '') };
};

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8);
loopback.addAddress('::1', 'ipv6');

/** Networks in which no host of a name is: this machine, its link, nobody, many, and what is reserved. */
const forbidden = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['192.0.0.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  forbidden.addSubnet(network, bits);
for (const [network, bits] of [
  ['::', 128],
  ['::1', 128],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['2002::', 16],
  ['2001::', 32],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  forbidden.addSubnet(network, bits, 'ipv6');

const isIn = (list: BlockList, address: string): boolean =>
  list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

/**
 * Whether a connection to the target may be made to this address, the one that is dialled: its own where the target is an
 * address, this machine for `localhost` alone, and for any other name neither this machine nor its link (cloud metadata
 * are there), whatever the name resolves to this time.
 */
export const mayDial = ({ host }: Target, address: string): boolean => {
  if (isIP(address) === 0) return false;
  if (isIP(host) !== 0) return address === host;
  if (host === 'localhost') return isIn(loopback, address);
  return !isIn(forbidden, address);
};
