import { writeFile } from 'node:fs/promises';
import { publicRoutes, type RouteContract } from '@contact-sync/api-contracts';

const rowOf = ({ method, path, access, body, idempotencyKey }: RouteContract): string => {
  const members = [
    `method: '${method}'`,
    `path: '${path}'`,
    ...(access === 'public' ? ['public: true'] : []),
    ...(body?.as === 'form' ? ['form: true'] : []),
    ...(idempotencyKey ? ['idempotencyKey: true'] : []),
  ];
  return `{ ${members.join(', ')} }`;
};

/** The text of `src/generated/route-table.ts`: what a client needs of the contracts when it runs, and no schema. */
export const routeTableText = (): string =>
  [
    '// Made from the contracts by `npm run generate -w packages/client`.',
    "import type { RouteRow } from '../route-row.ts';",
    '',
    'export const routeTable = {',
    ...Object.entries(publicRoutes).map(([name, route]) => `  ${name}: ${rowOf(route)},`),
    '} as const satisfies Readonly<Record<string, RouteRow>>;',
    '',
  ].join('\n');

if (import.meta.main) {
  await writeFile(new URL('src/generated/route-table.ts', import.meta.url), routeTableText());
}
