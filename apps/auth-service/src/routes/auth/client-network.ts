import type { IncomingMessage } from 'node:http';
import { networkOf, plainAddress } from '@contact-sync/access';

/**
 * The network that a request came from, as the gateway says. Whoever reaches this service past the gateway may say what
 * it likes: it changes which count of bad tries is asked, never how many there may be in one.
 */
export const clientNetwork = ({ headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>): string => {
  const told = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',').at(-1) ?? '';
  return networkOf(plainAddress(told) ?? plainAddress(socket.remoteAddress ?? '') ?? '');
};
