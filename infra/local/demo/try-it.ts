import type { Platform } from '../platform.ts';
import { makeOwnRecord, OWN_QUERY, sendOwnWebhook } from './own-webhook.ts';

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

const idIn = `sed -n 's/.*"id":"\\([^"]*\\)".*/\\1/p'`;

/**
 * Lines to copy into a POSIX shell, one by one or all at once; each command stands on one line under a comment that says
 * what it shows. They need curl and openssl.
 */
export function tryIt(platform: Platform): string[] {
  const { gatewayUrl, ingestUrl, simulatorUrl, admin, acmeSecret, acmeApiKey } = platform;
  const api = `${gatewayUrl}/api/v1`;
  const contact = `"${api}/contacts/$ID"`;
  const acme = `-H 'Authorization: Bearer ${acmeApiKey}' '${simulatorUrl}/acme/v1/contacts`;
  const json = `-H 'Content-Type: application/json'`;
  const token = `-H "Authorization: Bearer $TOKEN"`;
  return [
    '# Log in; the token lives for ten minutes.',
    `TOKEN=$(curl -sS ${api}/auth/login ${json} -d '${JSON.stringify(admin)}' | sed 's/.*"accessToken":"\\([^"]*\\)".*/\\1/')`,
    '# List contacts.',
    `curl -sSw '\\n' ${token} '${api}/contacts?limit=3'`,
    '# Make a contact in AcmeCRM, which the simulator plays: it sends its signed webhook.',
    ...makeOwnRecord(simulatorUrl, acmeApiKey),
    '# Send a signed webhook of your own that tells of the same; whichever comes first makes the contact, and it is made once.',
    ...sendOwnWebhook(ingestUrl, acmeSecret),
    '# See the contact that it made. It is asked for until it is there.',
    `until ID=$(curl -sS ${token} "${api}/contacts?${OWN_QUERY}" | ${idIn}); [ "$ID" ]; do sleep 1; done`,
    `curl -sSw '\\n' ${token} ${contact}`,
    '# Edit it: read it with its ETag, and change the version that you read.',
    `curl -sSiw '\\n' ${token} ${contact}`,
    `ETAG=$(curl -sSi ${token} ${contact} | tr -d '\\r' | sed -n 's/^[Ee][Tt]ag: *//p')`,
    `curl -sSiw '\\n' -X PATCH ${token} -H "If-Match: $ETAG" ${json} -d '{"title":"Countess of Lovelace"}' ${contact}`,
    '# See the edit in AcmeCRM.',
    `until curl -sSw '\\n' ${acme}/'$(echo "$RECORD" | ${idIn}) | grep Lovelace; do sleep 1; done`,
    '# Make a contact here, and see it in AcmeCRM.',
    `MADE=$(curl -sS ${token} ${json} -d '${BORN_HERE}' '${api}/contacts' | ${idIn})`,
    `until curl -sS ${acme}?limit=200' | tr '{' '\\n' | grep "$MADE"; do sleep 1; done`,
  ];
}
