import { contactIdOfAcme } from '@contact-sync/domain';

const ACME_ID = 'acme-try-it';

/** The contact that follows from the lines of {@link sendOwnWebhook}, however often they are pasted. */
export const OWN_CONTACT_ID = contactIdOfAcme(ACME_ID);

// The version is the time, so that each paste is a newer one than the last.
const BODY = [
  `'{"id":"evt_try_'$TIME'","event":"contact.created","timestamp":"'$(date -u +%Y-%m-%dT%H:%M:%SZ)'",`,
  `"data":{"id":"${ACME_ID}","acme_first_name":"Ada","acme_last_name":"Byron","acme_email":"ada@example.com",`,
  `"acme_address":"12 St James Square, London","acme_version":'$TIME'}}'`,
].join('');

/** Lines for a POSIX shell that sign and send an event as AcmeCRM does (docs/signing.md). */
export function sendOwnWebhook(ingestUrl: string, secret: string): string[] {
  return [
    'TIME=$(date +%s)',
    `BODY=${BODY}`,
    `SIGNATURE=$(printf '%s.%s' "$TIME" "$BODY" | openssl dgst -sha256 -hmac '${secret}' -r | cut -d' ' -f1)`,
    `curl -sSw '\\n' '${ingestUrl}/webhooks/acmecrm' -H 'Content-Type: application/json' -H "X-Acme-Timestamp: $TIME" -H "X-Acme-Signature: sha256=$SIGNATURE" -d "$BODY"`,
  ];
}
