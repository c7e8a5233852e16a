import type { Redis } from 'ioredis';

const askEveryMs = 500;

/**
 * A server that was demoted goes on answering reads, with what it had. Asks for its role and comes again where it is a
 * replica: the address may lead to the new primary by now. Ends with the client.
 */
export const leaveReplica = (client: Redis): void => {
  const ask = async (): Promise<void> => {
    if (client.status !== 'ready') return;
    const [role] = await client.role();
    if (String(role) === 'slave') client.disconnect(true);
  };
  // A server that does not tell its role is not left.
  const timer = setInterval(() => void ask().catch(() => undefined), askEveryMs);
  client.once('end', () => clearInterval(timer));
};
