import { createHash } from 'node:crypto';
import { gatewayDocument, type gatewayRoutes, jsonTextOf } from '@contact-sync/api-contracts';
import type { RouteHandlers } from '@contact-sync/service-kit';

const tagOf = (text: string): string =>
  `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;

/** Whether If-None-Match names the tag, by weak comparison (RFC 9110 section 13.1.2). */
const names = (ifNoneMatch: string, etag: string): boolean =>
  ifNoneMatch.split(',').some((tag) => [etag, '*'].includes(tag.trim().replace(/^W\//, '')));

/** What the gateway answers itself. What it needs is told on its ops port. */
export const ownHandlers = (): RouteHandlers<typeof gatewayRoutes> => {
  const document = JSON.stringify(gatewayDocument());
  const headers = { etag: tagOf(document), 'cache-control': 'public, max-age=300' };
  return {
    health: () => ({ status: 200, body: { status: 'ok' } }),
    getOpenApi: (request) =>
      names(request.headers['if-none-match'] ?? '', headers.etag)
        ? { status: 304, headers }
        : { status: 200, headers, text: jsonTextOf(document) },
  };
};
