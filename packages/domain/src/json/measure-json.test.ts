import { describe, expect, it } from 'vitest';
import { measureJson } from './measure-json.ts';

const isOdd = (text: string): boolean => measureJson(Buffer.from(text)).odd;

describe('measureJson', () => {
  it.each([
    // As every program spells what it has computed: 17 digits that JavaScript spells the same.
    '[78,0.17940634553953905,null]',
    '{"rate":-0.7580360249227713}',
    '[1e-7,1.7976931348623157e+308,9007199254740991]',
    '{"notes":"12345678901234567890 and 1E400","version":1.0}',
  ])('lets JSON.parse read %s, whose numbers come out as they came', (text) => {
    expect(isOdd(text)).toBe(false);
  });

  it.each([
    '12345678901234567890',
    '[9007199254740993]',
    '[0.1000000000000000055511151231257827]',
    '{"a":1e3}',
    '[-1E5]',
    '1e400',
    `[${'9'.repeat(400)}]`,
    String.raw`["\u0000"]`,
    String.raw`["cut \ud83d"]`,
    String.raw`{"a\"b":1}`,
  ])('has %s read with care', (text) => {
    expect(isOdd(text)).toBe(true);
  });

  it('counts members and depth outside of strings', () => {
    expect(measureJson(Buffer.from('{"a:{":[{"b":1},{"b":[2]}]}'))).toMatchObject({ members: 3, depth: 4 });
  });
});
