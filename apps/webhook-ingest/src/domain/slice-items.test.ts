import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sliceItems } from './slice-items.ts';

const item = fc
  .tuple(fc.jsonValue(), fc.constantFrom(undefined, 2))
  .map(([value, space]) => JSON.stringify(value, null, space));

it('gives the bytes of each item as they came', () => {
  fc.assert(
    fc.property(
      fc.array(item, { minLength: 1, maxLength: 6 }),
      fc.constantFrom('', '\ufeff', ' \n'),
      (items, before) => {
        const slices = sliceItems(Buffer.from(`${before}[${items.join()}]\n`));
        expect(slices.map((slice) => slice.toString())).toEqual(items);
      },
    ),
  );
});
