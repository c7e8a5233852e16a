import type { IncomingMessage } from 'node:http';
import { networkOf, plainAddress } from '@contact-sync/access';
import type { Origin } from '../domain/session.ts';

/** Longest name of a client that is kept, in UTF-16 units. */
const USER_AGENT_LENGTH = 256;

/**
 * Where a request came from, as the gateway says. Whoever reaches this service past the gateway may say what it likes: it
 * changes which count of bad tries is asked and what the records show, never how many tries there may be in one count.
 */
export const clientOrigin = ({ headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>): Origin => {
  const told = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',').at(-1) ?? '';
  const address = plainAddress(told) ?? plainAddress(socket.remoteAddress ?? '') ?? '';
  const userAgent = (headers['user-agent'] ?? '').slice(0, USER_AGENT_LENGTH);
  return { address, network: networkOf(address), userAgent };
};
