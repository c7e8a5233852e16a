import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { routeTableText } from '../generate.ts';

test('the table of routes is what the contracts say: npm run generate -w packages/client', async () => {
  const path = new URL('../src/generated/route-table.ts', import.meta.url);
  expect(await readFile(path, 'utf8')).toBe(routeTableText());
});
