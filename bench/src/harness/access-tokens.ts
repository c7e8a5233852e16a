import type { Stage } from './stage.ts';

const accept = async (response: Response, what: string): Promise<Record<string, unknown>> => {
  if (response.ok) return (await response.json()) as Record<string, unknown>;
  throw new Error(`${what}: auth-service answered ${response.status} ${await response.text()}`);
};

/** The administrator's access token, by a real login. Lives ten minutes, longer than any bench. */
export const logIn = async ({ urlOf, secrets }: Stage): Promise<string> => {
  const response = await fetch(`${urlOf('auth-service')}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(secrets.admin),
  });
  return String((await accept(response, 'login'))['accessToken']);
};

/** event-worker's token for contact-service, by real client credentials. */
export const workerToken = async ({ urlOf, secrets }: Stage): Promise<string> => {
  const credentials = `event-worker:${secrets.clientSecrets['event-worker']}`;
  const response = await fetch(`${urlOf('auth-service')}/oauth2/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', audience: 'contact-service' }),
  });
  return String((await accept(response, 'client credentials'))['access_token']);
};
