import type { Platform } from '../platform.ts';

/** Where everything is, and lines that a user can paste into a shell. */
export function describeAddresses(platform: Platform, contactId: string | undefined): string[] {
  const { gatewayUrl, ingestUrl, opsUrls, admin } = platform;
  const login = JSON.stringify({ email: admin.email, password: admin.password });
  return [
    `  ${'public API'.padEnd(18)} ${gatewayUrl}/api/v1`,
    `  ${'webhooks'.padEnd(18)} ${ingestUrl}/webhooks/acmecrm`,
    ...Object.entries(opsUrls).map(
      ([name, url]) => `  ${name.padEnd(18)} ${url}/metrics, ${url}/readyz?verbose`,
    ),
    '',
    `  TOKEN=$(curl -s ${gatewayUrl}/api/v1/auth/login -H 'content-type: application/json' \\`,
    `    -d '${login}' | sed 's/.*"accessToken":"\\([^"]*\\)".*/\\1/')`,
    `  curl -s -H "Authorization: Bearer $TOKEN" '${gatewayUrl}/api/v1/contacts${contactId ? `/${contactId}` : '?limit=5'}'`,
  ];
}
