import type { Platform } from '../platform.ts';
import { OWN_CONTACT_ID, sendOwnWebhook } from './own-webhook.ts';

const BORN_HERE = '{"firstName":"Grace","lastName":"Hopper","email":"grace@example.com"}';

/** Where everything is. */
export function describeAddresses({ gatewayUrl, ingestUrl, opsUrls, admin }: Platform): string[] {
  const line = (name: string, address: string) => `  ${name.padEnd(18)} ${address}`;
  return [
    line('public API', `${gatewayUrl}/api/v1`),
    line('console', `${gatewayUrl}/console/ (${admin.email}, ${admin.password})`),
    line('API reference', `${gatewayUrl}/docs, ${gatewayUrl}/openapi.json`),
    line('webhooks', `${ingestUrl}/webhooks/acmecrm`),
    ...Object.entries(opsUrls).map(([name, url]) => line(name, `${url}/metrics, ${url}/readyz?verbose`)),
  ];
}

/**
 * Lines to copy into a POSIX shell, one by one or all at once; each command stands on one line under a comment that says
 * what it shows. They need curl and openssl.
 */
export function tryIt(platform: Platform): string[] {
  const { gatewayUrl, ingestUrl, simulatorUrl, admin, acmeSecret, acmeApiKey } = platform;
  const api = `${gatewayUrl}/api/v1`;
  const contact = `'${api}/contacts/${OWN_CONTACT_ID}'`;
  const json = `-H 'Content-Type: application/json'`;
  const token = `-H "Authorization: Bearer $TOKEN"`;
  return [
    '# Log in; the token lives for ten minutes.',
    `TOKEN=$(curl -sS ${api}/auth/login ${json} -d '${JSON.stringify(admin)}' | sed 's/.*"accessToken":"\\([^"]*\\)".*/\\1/')`,
    '# List contacts.',
    `curl -sSw '\\n' ${token} '${api}/contacts?limit=3'`,
    '# Send a signed webhook of your own.',
    ...sendOwnWebhook(ingestUrl, acmeSecret),
    '# See the contact that it made; its id follows from the id in AcmeCRM. It is asked for until it is there.',
    `curl -sSfw '\\n' --retry 30 --retry-delay 1 --retry-all-errors ${token} ${contact}`,
    '# Make a contact here, and see it in AcmeCRM, which the simulator plays. It is asked for until it is there.',
    `ID=$(curl -sS ${token} ${json} -d '${BORN_HERE}' '${api}/contacts' | sed 's/.*"id":"\\([^"]*\\)".*/\\1/')`,
    `until curl -sS -H 'Authorization: Bearer ${acmeApiKey}' '${simulatorUrl}/acme/v1/contacts?limit=200' | tr '{' '\\n' | grep "$ID"; do sleep 1; done`,
    '# Edit the first one: read it with its ETag, and change the version that you read.',
    `curl -sSiw '\\n' ${token} ${contact}`,
    `ETAG=$(curl -sSi ${token} ${contact} | tr -d '\\r' | sed -n 's/^[Ee][Tt]ag: *//p')`,
    `curl -sSiw '\\n' -X PATCH ${token} -H "If-Match: $ETAG" ${json} -d '{"title":"Countess of Lovelace"}' ${contact}`,
  ];
}
