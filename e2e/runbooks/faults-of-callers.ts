import type { Fault } from './world.ts';

/** What one address may try within a minute. */
export const LOGINS_PER_MINUTE = 60;

const badLogins: Fault = {
  name: 'somebody guesses passwords',
  runbooks: ['logins-refused'],
  plant: async ({ system: { gatewayUrl } }) => {
    const guess = (index: number) =>
      fetch(`${gatewayUrl}/api/v1/auth/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: `guess-${index}@example.com`, password: 'a guess of somebody' }),
      });
    for (let index = 0; index < LOGINS_PER_MINUTE + 5; index += 1) await guess(index);
    return { heal: async () => undefined };
  },
};

/** What callers do; it leaves their address no login for a minute, so it comes last. */
export const faultsOfCallers: readonly Fault[] = [badLogins];
