import { expect, test } from 'vitest';
import { builtInMapping, compileMapping, definitionDifference, loadMapping } from '../src/index.ts';

const builtIn = compileMapping(builtInMapping).definition;

test('two mappings differ in pairs that came or went, pairs of the same places, and settings of the whole', () => {
  const other = loadMapping(
    JSON.stringify({
      version: 1,
      members: ['acme_mobile'],
      pairs: [
        { acme: '/acme_mobile', contact: '/phone' },
        { acme: '/acme_title', contact: '/title', owner: 'integration' },
      ],
    }),
    { defaultCountry: 'DE' },
  ).definition;
  expect(definitionDifference(builtIn, other)).toMatchObject({
    removed: [{ acme: ['/acme_phone'], contact: ['/phone'] }],
    added: [{ acme: ['/acme_mobile'], contact: ['/phone'] }],
    changed: [{ from: { acme: ['/acme_title'], owner: 'acmecrm' }, to: { owner: 'integration' } }],
    settings: expect.arrayContaining([
      { name: 'defaultCountry', from: 'US', to: 'DE' },
      { name: 'members', from: null, to: ['acme_mobile'] },
    ]),
  });
});

test('a mapping does not differ from itself as it is kept', () => {
  const kept = JSON.parse(JSON.stringify(builtIn)) as typeof builtIn;
  expect(definitionDifference(builtIn, kept)).toEqual({ removed: [], added: [], changed: [], settings: [] });
});
