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
const isStream = ({ answers }: RouteContract): boolean =>
  Object.values(answers).some(({ stream }) => stream !== undefined);

const tableOf = (name: string, rows: readonly [string, RouteContract][]): string[] => [
  `export const ${name} = {`,
  ...rows.map(([route, contract]) => `  ${route}: ${rowOf(contract)},`),
  '} as const satisfies Readonly<Record<string, RouteRow>>;',
  '',
];

/** The text of `src/generated/route-table.ts`: what a client needs of the contracts when it runs, and no schema. */
export const routeTableText = (): string => {
  const routes = Object.entries<RouteContract>(publicRoutes);
  return [
    '// Made from the contracts by `npm run generate -w packages/client`.',
    "import type { RouteRow } from '../route-row.ts';",
    '',
    ...tableOf(
      'routeTable',
      routes.filter(([, route]) => !isStream(route)),
    ),
    '/** Answers that go on and on. */',
    ...tableOf(
      'streamTable',
      routes.filter(([, route]) => isStream(route)),
    ),
  ].join('\n');
};

if (import.meta.main) {
  await writeFile(new URL('src/generated/route-table.ts', import.meta.url), routeTableText());
}
