import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { propertyRuns } from '../property-runs.ts';
import { JsonParser } from './json-parser.ts';
import { readJson, readSoundJson } from './read-json.ts';

const read = (text: string, maxDepth = 32) =>
  readJson(Buffer.from(text), { maxDepth, numbers: 'as spelled' });
const sound = (text: string, numbers: 'by value' | 'as spelled' = 'as spelled') =>
  readSoundJson(Buffer.from(text), { maxDepth: 32, numbers });
const faultsOf = (text: string) => read(text).faults.map(({ pointer, detail }) => `${pointer} ${detail}`);

const outcome = <Value>(make: () => Value): Value | 'no JSON' => {
  try {
    return make();
  } catch {
    return 'no JSON';
  }
};

const json = fc.jsonValue({ stringUnit: 'binary', maxDepth: 4 });
const spaced = fc.tuple(json, fc.constantFrom(undefined, 1, '\t'));

/** Texts that are JSON, and others that nearly are. */
const nearJson = fc.oneof(
  spaced.map(([value, space]) => JSON.stringify(value, null, space)),
  fc
    .tuple(
      spaced.map(([value, space]) => JSON.stringify(value, null, space)),
      fc.nat(),
      fc.constantFrom('', ',', '"', '\\', ']', '}', ':', '1', 'e', '.', '-', '0', '\n', 'null', '\u0001'),
    )
    .map(([text, at, inserted]) => {
      const place = at % (text.length + 1);
      return `${text.slice(0, place)}${inserted}${text.slice(place + (inserted === '' ? 1 : 0))}`;
    }),
  fc.string({ unit: fc.constantFrom(...'{}[],:"\\ue0-.1 tn'), maxLength: 12 }),
);

/** A value with its numbers as JSON.parse reads them. */
const plainly = (value: unknown): string => JSON.stringify(JSON.parse(JSON.stringify(value)));

describe('readJson', () => {
  it('takes and makes what JSON.parse does, by either way', () => {
    fc.assert(
      fc.property(nearJson, (text) => {
        const expected = outcome(() => JSON.stringify(JSON.parse(text)));
        expect(outcome(() => plainly(new JsonParser(text).read().value))).toBe(expected);
        // Bytes cannot say half a surrogate pair.
        if (text.isWellFormed()) expect(outcome(() => plainly(read(text).value))).toBe(expected);
      }),
      propertyRuns('JSON by either way', 1_000),
    );
  });

  it.each([
    '12345678901234567890',
    '0.1000000000000000055511151231257827',
    '[1e20,1E5,-1.5e300]',
    '{"a":[9007199254740993,1.25e-7]}',
  ])('keeps the digits of %s', (text) => {
    expect(JSON.stringify(sound(text))).toBe(text);
  });

  it.each([
    ['1.0', 1],
    ['1e3', '1e3'],
    ['0.1', 0.1],
    ['-0', -0],
    ['1.7976931348623157e308', '1.7976931348623157e308'],
  ])('reads %s as a number where that says the same in no more letters', (text, expected) => {
    const value = sound(text);
    expect(typeof expected === 'number' ? value : JSON.stringify(value)).toBe(expected);
  });

  it('reads a number by its value where that is asked for, and keeps the digits of one that it would round', () => {
    expect(sound('[1e3,10E-1,1e20]', 'by value')).toEqual([1000, 1, 1e20]);
    expect(JSON.stringify(sound('[0.12345678901234567890,12345678901234567890]', 'by value'))).toBe(
      '[0.12345678901234567890,12345678901234567890]',
    );
  });

  it('skips a byte order mark in front, and only there', () => {
    expect(read('\ufeff{"a":1}').value).toEqual({ a: 1 });
    expect(() => read('\ufeff\ufeff{}')).toThrow('not valid JSON');
    expect(() => read(' \ufeff{}')).toThrow('not valid JSON');
  });

  it('refuses bytes that are no UTF-8', () => {
    expect(() =>
      readJson(Buffer.from([0x22, 0x4a, 0x6f, 0x73, 0xe9, 0x22]), { maxDepth: 32, numbers: 'by value' }),
    ).toThrow('not valid UTF-8');
  });

  it.each(['__proto__', 'constructor', 'prototype', '\\u005f_proto__'])(
    'keeps a member called %s',
    (name) => {
      const value = read(`{"${name}":{"polluted":{"${name}":1e2}}}`).value as object;
      expect(Object.keys(value)).toEqual([JSON.parse(`"${name}"`)]);
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
      expect(value).not.toHaveProperty('polluted.x');
      expect({}).not.toHaveProperty('polluted');
    },
  );

  it.each([
    ['{"a":"cut \\ud83d"}', '/a must be text without NUL and lone surrogates'],
    ['[1,{"a":["\\u0000"]}]', '/1/a/0 must be text without NUL and lone surrogates'],
    ['{"a":{"\\udc00":1}}', '/a has a member whose name is no text: NUL or a lone surrogate'],
    ['{"a":[{"b":1,"\\u0062":2}]}', '/a/0/b is there twice'],
    ['{"__proto__":1,"__proto__":2}', '/__proto__ is there twice'],
    ['{"a/~":-1e400}', '/a~1~0 is a number out of range'],
    [`{"a":${'['.repeat(32)}${']'.repeat(32)}}`, `/a${'/0'.repeat(31)} is nested too deeply`],
  ])('tells where %.30s is at fault', (text, fault) => {
    expect(faultsOf(text)).toEqual([fault]);
  });

  it('tells of a member that is there twice, wherever it stands and however it is written', () => {
    const escaped = (member: string) =>
      [...member].map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
    const twice = fc.tuple(fc.stringMatching(/^[a-z]{1,8}$/), json, json, fc.boolean(), fc.nat(5));
    fc.assert(
      fc.property(twice, ([member, first, second, isEscaped, depth]) => {
        const again = isEscaped ? escaped(member) : member;
        const object = `{"${member}":${JSON.stringify(first)}, "${again}" : ${JSON.stringify(second)}}`;
        const text = `${'{"a":[0,'.repeat(depth)}${object}${']}'.repeat(depth)}`;
        expect(faultsOf(text)).toContain(`${'/a/1'.repeat(depth)}/${member} is there twice`);
      }),
      propertyRuns('a member twice', 100),
    );
  });

  it('tells of every item at fault, however many faults the others have', () => {
    const many = `{${Array.from({ length: 200 }, () => '"a":1').join()}}`;
    const pointers = read(`[${Array.from({ length: 10 }, () => many).join()},{"x":"\\ud800"}]`).faults;
    expect(pointers.length).toBeLessThan(300);
    expect(new Set(pointers.map(({ pointer }) => pointer.split('/')[1])).size).toBe(11);
  });

  it('reads a mebibyte of brackets, numbers or one member in little time', () => {
    const half = 500_000;
    const started = performance.now();
    expect(() => read(`${'['.repeat(half)}${']'.repeat(half)}`)).toThrow('nested too deeply');
    expect(read(`${'{"a":['.repeat(10_000)}${']}'.repeat(10_000)}`).faults).toHaveLength(1);
    expect(read(`[${'1e20,'.repeat(200_000)}1]`).faults).toEqual([]);
    expect(read(`{${'"a":1,'.repeat(150_000)}"a":1}`).faults).toHaveLength(20);
    expect(read(`[${'9'.repeat(1_000_000)}]`).faults).toHaveLength(1);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it('asks of what stands too deep that it is JSON', () => {
    const deep = (inner: string) => `[${'['.repeat(40)}${inner}${']'.repeat(40)},{"a":1}]`;
    expect(read(deep('"]\\"[", {"b":[]}')).value).toMatchObject({ length: 2, 1: { a: 1 } });
    expect(() => read(deep('1,,2'))).toThrow('not valid JSON');
  });

  it('says nothing of the text that is no JSON', () => {
    expect(() => read('{"a":secret}')).toThrow(/^The body is not valid JSON\.$/);
  });
});
