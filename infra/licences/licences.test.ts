import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** Licences that ask for no more than to be named. */
const ALLOWED = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
  'PSF-2.0',
  'Python-2.0',
  'Unlicense',
  'Zlib',
]);
/** Beside these, for tools that are not shipped: it asks for changes of the files themselves. */
const ALLOWED_FOR_TOOLS = new Set(['MPL-2.0']);
/** Packages that do not say their licence where npm looks for it; read in the package by a person. */
const READ: Readonly<Record<string, string>> = {
  '@kafkajs/confluent-schema-registry': 'MIT',
  buildcheck: 'MIT',
  'cpu-features': 'MIT',
  ssh2: 'MIT',
};

type Locked = { readonly license?: string; readonly dev?: boolean; readonly link?: boolean };

const { packages } = JSON.parse(
  readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8'),
) as {
  packages: Record<string, Locked>;
};

const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** Each of `A AND B`, one of `A OR B`. */
const isAllowed = (expression: string, isTool: boolean): boolean => {
  const inside = expression.replace(/^\((.*)\)$/, '$1');
  if (inside.includes(' OR ')) return inside.split(' OR ').some((one) => isAllowed(one, isTool));
  if (inside.includes(' AND ')) return inside.split(' AND ').every((one) => isAllowed(one, isTool));
  return ALLOWED.has(inside) || (isTool && ALLOWED_FOR_TOOLS.has(inside));
};

test('every dependency is under a licence that may be shipped, tools under one that may be used', () => {
  const dependencies = Object.entries(packages).filter(
    ([path, { link }]) => path.includes('node_modules/') && !link,
  );
  expect(dependencies.length).toBeGreaterThan(400);
  const refused = dependencies
    .map(([path, { license, dev = false }]) => ({
      path,
      licence: license ?? READ[nameOf(path)] ?? 'none',
      dev,
    }))
    .filter(({ licence, dev }) => !isAllowed(licence, dev));
  expect(refused).toEqual([]);
});

test.each([
  ['GPL-3.0-only', false],
  ['(MIT AND GPL-2.0)', false],
  ['MIT OR GPL-2.0', true],
  ['MPL-2.0', false],
  ['none', false],
])('a shipped package under %s: %s', (licence, allowed) => {
  expect(isAllowed(licence, false)).toBe(allowed);
});
