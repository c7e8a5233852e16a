import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';
import { parseJson } from './json/parse-json.ts';
import { propertyRuns } from './property-runs.ts';

describe('canonicalJson', () => {
  it('spells any JSON as RFC 8785 does', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        expect(canonicalJson(value)).toBe(canonicalize(value));
      }),
      propertyRuns('canonical JSON', 1_000),
    );
  });

  it.each([
    ['{"10":1,"9":2,"a":3}', '{"10":1,"9":2,"a":3}'],
    ['{"b":{"2":1,"1":[{"z":1,"a":2}]},"a":-0}', '{"a":0,"b":{"1":[{"a":2,"z":1}],"2":1}}'],
    ['{"\\u20ac":1,"\\r":2,"\\ud83d\\ude00":3,"1":4}', '{"\\r":2,"1":4,"\u20ac":1,"\ud83d\ude00":3}'],
    ['[1e21,0.000001,333333333.33333329]', '[1e+21,0.000001,333333333.3333333]'],
    ['{"__proto__":{"b":1,"a":2}}', '{"__proto__":{"a":2,"b":1}}'],
    ['"\\\\ud800"', '"\\\\ud800"'],
  ])('spells %s', (json, text) => {
    expect(canonicalJson(JSON.parse(json))).toBe(text);
  });
});

describe('canonicalJson of numbers that no double holds', () => {
  const spell = (text: string) => canonicalJson(parseJson(text));

  it('tells their last digits apart', () => {
    expect(spell('{"id":12345678901234567890}')).not.toBe(spell('{"id":12345678901234567891}'));
    expect(spell('[1e400]')).not.toBe(spell('[-1e400]'));
  });

  it.each([
    ['1e20', '100000000000000000000'],
    ['12345678901234567891', '1234567890123456789.10e1'],
    ['1e400', '10.0e399'],
  ])('knows %s as %s', (one, other) => {
    expect(spell(`{"__proto__":[${one}]}`)).toBe(spell(`{"__proto__":[${other}]}`));
    expect(spell(one)).toBe(spell(other));
  });
});
