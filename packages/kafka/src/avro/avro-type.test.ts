import avro from 'avsc';
import { expect, test } from 'vitest';
import { avroType } from './avro-type.ts';

const schema = {
  type: 'record',
  name: 'Sample',
  fields: [
    { name: 'list', type: { type: 'array', items: ['null', 'string'] } },
    { name: 'map', type: { type: 'map', values: ['string', 'double', 'boolean'] } },
  ],
};

const sample = { list: ['a', null, 'b'], map: { a: 'x', b: 1.5, c: false } };

/** A long as Avro writes it: zigzag, seven bits a byte. */
const long = (value: bigint): number[] => {
  const bytes: number[] = [];
  let rest = (value << 1n) ^ (value >> 63n);
  for (; rest >= 0x80n; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  return [...bytes, Number(rest)];
};

test("reads and writes what avsc's own types read and write", () => {
  const bounded = avroType(schema);
  const own = avro.Type.forSchema(structuredClone(schema) as avro.Schema, { wrapUnions: 'never' });
  expect(bounded.toBuffer(sample)).toEqual(own.toBuffer(sample));
  expect(bounded.fromBuffer(own.toBuffer(sample))).toEqual(sample);
});

test('reads lists and maps in several blocks, with and without their sizes', () => {
  const array = avroType({ type: 'array', items: 'string' });
  const bytes = Buffer.from([...long(1n), 2, 97, ...long(-2n), ...long(4n), 2, 98, 2, 99, 0]);
  expect(array.fromBuffer(bytes)).toEqual(['a', 'b', 'c']);
  const map = avroType({ type: 'map', values: 'int' });
  expect(
    map.fromBuffer(Buffer.from([...long(1n), 2, 97, 2, ...long(-1n), ...long(3n), 2, 98, 4, 0])),
  ).toEqual({
    a: 1,
    b: 2,
  });
});

// A reader that believes the size would be busy for minutes; a noisy machine is not.
const hangMs = 5_000;

test('a block that states more than the bytes can hold ends as truncated, at once', () => {
  const array = avroType({ type: 'array', items: 'string' });
  const map = avroType({ type: 'map', values: 'int' });
  for (const size of [5n, 2n ** 31n, 2n ** 40n, -(2n ** 40n)]) {
    const startedAt = performance.now();
    expect(() => array.fromBuffer(Buffer.from([...long(size), 2, 97, 0]))).toThrow('truncated');
    expect(() => map.fromBuffer(Buffer.from([...long(size), 2, 97, 0, 0]))).toThrow('truncated');
    expect(performance.now() - startedAt).toBeLessThan(hangMs);
  }
});

test("keeps a map's entry of any name, also __proto__", () => {
  const type = avroType({ type: 'map', values: 'string' });
  const entry = JSON.parse('{"__proto__": "x", "constructor": "y"}') as Record<string, string>;
  const read = type.fromBuffer(type.toBuffer(entry)) as object;
  expect(Object.entries(read)).toEqual(Object.entries(entry));
  expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
});

test("reads a writer's other schema through the same bounds", () => {
  const wider = avroType({ type: 'array', items: ['null', 'string', 'int'] });
  const narrow = avroType({ type: 'array', items: ['null', 'string'] });
  const resolver = wider.createResolver(narrow);
  expect(wider.fromBuffer(narrow.toBuffer(['a', null]), resolver)).toEqual(['a', null]);
  expect(() => wider.fromBuffer(Buffer.from([...long(2n ** 40n), 0, 0]), resolver)).toThrow('truncated');
});

test('holds every version that domain allows, and no number that a double cannot hold', () => {
  const type = avroType({ type: 'record', name: 'Version', fields: [{ name: 'version', type: 'long' }] });
  for (const version of [0, 1, -1, 2 ** 31, 2 ** 53 - 2, Number.MAX_SAFE_INTEGER, -(2 ** 52)]) {
    expect(type.fromBuffer(type.toBuffer({ version }))).toEqual({ version });
  }
  for (const version of [2 ** 53, -(2 ** 52) - 1, 0.5, Number.NaN, '1', null]) {
    expect(() => type.toBuffer({ version })).toThrow();
    expect(type.isValid({ version })).toBe(false);
  }
  expect(() => type.fromBuffer(Buffer.from(long(2n ** 53n)))).toThrow('safe');
});
