import { readFileSync } from 'node:fs';
import { builtInMapping, type CompiledMapping, compileMapping, loadMapping } from '../src/index.ts';

/** The one full example of the README, kept true by the tests that run on it. */
export const readmeExample = (): string => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const example = /```json\n([\s\S]+?)\n```/.exec(readme)?.[1];
  if (example === undefined) throw new Error('the README has no JSON example');
  return example;
};

const file = (pairs: readonly object[], members: readonly string[] = []): string =>
  JSON.stringify({ version: 1, members, pairs });

/** Mappings that the laws must hold for: the built-in one, the README's, and one of each kind of transform. */
export const mappings: readonly (readonly [name: string, mapping: CompiledMapping])[] = [
  ['the built-in mapping', compileMapping(builtInMapping)],
  ["the README's example", loadMapping(readmeExample())],
  [
    'nothing lossless',
    compileMapping({ pairs: builtInMapping.pairs.map((pair) => ({ ...pair, lossless: false })) }),
  ],
  [
    'fields moved about',
    loadMapping(
      file(
        [
          { acme: '/acme_title', contact: '/notes' },
          { acme: '/acme_notes', contact: '/customFields/tier' },
          { acme: '/acme_custom_fields/tier', contact: '/title', transform: { kind: 'text' } },
          { acme: '/acme_custom_fields/score', contact: '/customFields/a~1b~0c' },
          { acme: '/acme_mobile', contact: '/customFields/mobile', direction: 'toContact' },
          { acme: '/new_member/deep', contact: '/customFields/deep' },
        ],
        ['acme_mobile', 'new_member'],
      ),
    ),
  ],
  [
    'words, tables, defaults and constants',
    loadMapping(
      file([
        {
          acme: ['/acme_company', '/acme_title'],
          contact: '/company',
          transform: { kind: 'join', separator: ' ' },
        },
        {
          acme: '/acme_phone',
          contact: ['/phone', '/customFields/rest'],
          transform: { kind: 'split', separator: ' ' },
        },
        {
          acme: '/acme_status',
          contact: '/status',
          transform: { kind: 'table', entries: { Active: 'active', Lead: 'lead' }, otherwise: 'inactive' },
          default: 'lead',
        },
        { acme: '/acme_address', contact: '/address/street' },
        { contact: '/address/country', transform: { kind: 'constant', value: 'Narnia' } },
        { contact: '/customFields/origin', transform: { kind: 'constant', value: 'crm' } },
        { acme: '/acme_notes', contact: '/notes', direction: 'toAcme' },
      ]),
    ),
  ],
];
