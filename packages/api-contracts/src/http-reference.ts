import { commonErrors, errorsOf } from './implied-errors.ts';
import { limitClasses } from './limit-class.ts';
import { isInternalScope } from './permissions.ts';
import type { RouteContract, Routes } from './route-contract.ts';
import { acmeRoutes, internalRoutes, publicRoutes, webhookRoutes } from './services.ts';

const code = (text: string): string => `\`${text}\``;

const accessOf = ({ access, service }: RouteContract): string => {
  if (access === 'public') return 'anybody';
  if (access === 'authenticated') return 'any valid token';
  return isInternalScope(access) ? `${code(access)}, audience ${code(service)}` : code(access);
};

const headersOf = ({ idempotencyKey, condition }: RouteContract): string =>
  [
    condition === 'if-match' && '`If-Match` (needed)',
    condition === 'if-match-optional' && '`If-Match`',
    condition === 'if-none-match' && '`If-None-Match`',
    idempotencyKey && '`Idempotency-Key`',
  ]
    .filter(Boolean)
    .join(', ');

const rowOf = (route: RouteContract): string =>
  [
    '',
    `${code(`${route.method} ${route.path}`)}`,
    route.summary,
    accessOf(route),
    `${route.limit}, ${limitClasses[route.limit].cost}`,
    headersOf(route),
    Object.keys(route.answers).join(', '),
    errorsOf(route)
      .filter((error) => !commonErrors.includes(error))
      .map(code)
      .join(' '),
    '',
  ]
    .join(' | ')
    .trim();

const tableOf = (routes: Routes): string =>
  [
    '| route | what it does | who may | limit | headers | answers | errors |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...Object.values(routes).map(rowOf),
  ].join('\n');

/** docs/http.md: every route of the system in a line. */
export const httpReference = (): string =>
  `# HTTP reference

Every route in a line; bodies, parameters, examples and descriptions are in [openapi/gateway.json](openapi/gateway.json),
which the gateway serves as \`/openapi.json\` and shows at \`/docs\`. Errors are \`application/problem+json\` with a code of
[error-codes.md](error-codes.md). Beside those of its line, every route can answer ${commonErrors.map(code).join(', ')}.
A limit is the class and how many of the caller's requests one request counts as.

Made by \`npm run generate -w packages/api-contracts\`.

## At the gateway

${tableOf(publicRoutes)}

## At webhook-ingest

For AcmeCRM alone; [signing.md](signing.md) tells how to sign, [openapi/webhook.json](openapi/webhook.json) is the contract.

${tableOf(webhookRoutes)}

## AcmeCRM, as webhook-simulator serves it

With AcmeCRM's API key; [openapi/acme.json](openapi/acme.json) is the contract. The gateway knows none of these.

${tableOf(acmeRoutes)}

## Between services

The gateway knows none of these: it answers 404.

${tableOf(internalRoutes)}
`;
