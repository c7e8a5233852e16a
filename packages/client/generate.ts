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

/** An answer that goes on and on is for readers of streams. */
const isCall = ({ answers }: RouteContract): boolean =>
  Object.values(answers).every(({ stream }) => stream === undefined);

/** The text of `src/generated/route-table.ts`: what a client needs of the contracts when it runs, and no schema. */
export const routeTableText = (): string =>
  [
    '// Made from the contracts by `npm run generate -w packages/client`.',
    "import type { RouteRow } from '../route-row.ts';",
    '',
    'export const routeTable = {',
    ...Object.entries<RouteContract>(publicRoutes)
      .filter(([, route]) => isCall(route))
      .map(([name, route]) => `  ${name}: ${rowOf(route)},`),
    '} as const satisfies Readonly<Record<string, RouteRow>>;',
    '',
  ].join('\n');

if (import.meta.main) {
  await writeFile(new URL('src/generated/route-table.ts', import.meta.url), routeTableText());
}
