/** Sets `$TIME`: what is made of it is another contact at each paste. */
const NOW = 'TIME=$(date +%s)';

const RECORD = `'{"acme_first_name":"Ada","acme_last_name":"Byron","acme_email":"ada.'$TIME'@example.com","acme_address":"12 St James Square, London"}'`;

/** What finds the contact of {@link makeOwnRecord} in a list of contacts. */
export const OWN_QUERY = 'email=ada.$TIME@example.com';

/** Lines for a POSIX shell that make a contact in AcmeCRM, as somebody who works there; `$RECORD` is what AcmeCRM answers. */
export function makeOwnRecord(simulatorUrl: string, acmeApiKey: string): string[] {
  return [
    NOW,
    `RECORD=$(curl -sS '${simulatorUrl}/acme/v1/contacts' -H 'Authorization: Bearer ${acmeApiKey}' -H 'Content-Type: application/json' -d ${RECORD})`,
  ];
}

const BODY = [
  `'{"id":"evt_try_'$TIME'","event":"contact.created","timestamp":"'$(date -u +%Y-%m-%dT%H:%M:%SZ)'",`,
  `"data":'"$RECORD"'}'`,
].join('');

/** Lines for a POSIX shell that sign and send an event of `$RECORD` as AcmeCRM does (docs/signing.md). */
export function sendOwnWebhook(ingestUrl: string, secret: string): string[] {
  return [
    `BODY=${BODY}`,
    `SIGNATURE=$(printf '%s.%s' "$TIME" "$BODY" | openssl dgst -sha256 -hmac '${secret}' -r | cut -d' ' -f1)`,
    `curl -sSw '\\n' '${ingestUrl}/webhooks/acmecrm' -H 'Content-Type: application/json' -H "X-Acme-Timestamp: $TIME" -H "X-Acme-Signature: sha256=$SIGNATURE" -d "$BODY"`,
  ];
}
