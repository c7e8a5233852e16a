import fc from 'fast-check';
import { expect, test } from 'vitest';
import { propertyRuns } from '../property-runs.ts';
import { parseJson } from './parse-json.ts';

test('reads an escaped name rightly where an object with the name \\ was read before', () => {
  for (let round = 0; round < 3; round += 1) parseJson(String.raw`{"before":0,"\\":0}`);
  expect(parseJson(String.raw`{"before":0,"\"":1}`)).toEqual({ before: 0, '"': 1 });
  expect(parseJson(String.raw`{"before":0,"\n":1}`)).toEqual({ before: 0, '\n': 1 });
  for (let round = 0; round < 3; round += 1) parseJson(String.raw`{"next":0,"x\\":0}`);
  expect(parseJson(String.raw`[{"next":0,"x\"":1}]`)).toEqual([{ next: 0, 'x"': 1 }]);
});

const name = fc.oneof(
  fc.string({ unit: fc.constantFrom('"', '\\', ':', 'a', '_', '\n', '€', ','), maxLength: 5 }),
  fc.constantFrom('__proto__', 'constructor', '7'),
);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(name, fc.integer(), fc.boolean(), fc.constant(null)),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(name, tie('value'), { maxKeys: 5 }),
  ),
}));

test('gives back what was written, whatever its names', () => {
  const spacing = fc.constantFrom(undefined, 2, '\t');
  fc.assert(
    fc.property(value, spacing, (written, space) => {
      expect(parseJson(JSON.stringify(written, null, space))).toEqual(written);
    }),
    propertyRuns('reading JSON', 5_000),
  );
});

test('an escaped __proto__ is a member like any other', () => {
  const parsed = parseJson(String.raw`{"\u005f_proto__":{"polluted":true}}`) as object;
  expect(Object.keys(parsed)).toEqual(['__proto__']);
  expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
});

test.each([
  String.raw`{"a\q":1}`,
  String.raw`{"\u12":1}`,
  '{"\\\n":1}',
  String.raw`{"a\"":1,}`,
  String.raw`"\"`,
])('throws on what is no JSON: %j', (text) => {
  expect(() => parseJson(text)).toThrow(SyntaxError);
});

test.each(['{"acme_legacy_id":12345678901234567890}', '[1e20,{"a":[-1E5]}]', '0.30000000000000004441'])(
  'writes the digits of %s again as they came',
  (text) => {
    expect(JSON.stringify(parseJson(text))).toBe(text);
  },
);
