// What runs in the client's pod, with nothing but Node: the gateway as a user sees it, and AcmeCRM's webhooks.
import { createHmac } from 'node:crypto';

export const { GATEWAY, INGEST, EMAIL, PASSWORD, ACME_SECRET } = process.env;

export const login = async () => {
  const response = await fetch(`${GATEWAY}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: EMAIL, password: PASSWORD }),
  });
  if (!response.ok) throw new Error(`login: ${response.status} ${await response.text()}`);
  return { authorization: `Bearer ${(await response.json()).accessToken}` };
};

export const webhook = (id, version) => {
  const timestamp = Math.floor(Date.now() / 1_000);
  const body = JSON.stringify({
    id: `evt_${id}_${version}`,
    event: 'contact.created',
    timestamp: new Date().toISOString(),
    data: {
      id,
      acme_first_name: 'A',
      acme_last_name: 'B',
      acme_email: 'a@example.com',
      acme_version: version,
    },
  });
  const signature = createHmac('sha256', ACME_SECRET).update(`${timestamp}.${body}`).digest('hex');
  const headers = {
    'content-type': 'application/json',
    'x-acme-timestamp': String(timestamp),
    'x-acme-signature': `sha256=${signature}`,
  };
  return fetch(`${INGEST}/webhooks/acmecrm`, { method: 'POST', headers, body });
};
