import { createAjv } from '@contact-sync/domain';
import { propertyRuns } from '@contact-sync/domain/testing';
import fc from 'fast-check';
import { Type } from 'typebox';
import { expect, test } from 'vitest';
import { text } from '../test/acme-arbitraries.ts';
import { cpuMs } from '../test/cpu-time.ts';
import { fitsLength } from './text-length.ts';

const ajv = createAjv();
const maxima = Array.from({ length: 71 }, (_, maxLength) => Type.String({ maxLength }));
const longest = (max: number) => ajv.compile(maxima[max] ?? false);

test('a text fits exactly where a schema with that maximum lets it pass', () => {
  fc.assert(
    fc.property(text(200), fc.integer({ min: 0, max: 70 }), (drawn, max) => {
      expect(fitsLength(drawn, max)).toBe(longest(max)(drawn));
    }),
    propertyRuns('length as the schemas count it', 500),
  );
});

test('a text of millions of characters is refused without counting them', () => {
  const huge = '😀'.repeat(5_000_000);
  expect(cpuMs(() => expect(fitsLength(huge, 100)).toBe(false))).toBeLessThan(20);
});
