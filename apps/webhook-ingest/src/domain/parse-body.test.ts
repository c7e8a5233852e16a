import { describe, expect, it } from 'vitest';
import { parseBody } from './parse-body.ts';

const read = (json: string) => parseBody(Buffer.from(json));

describe('parseBody', () => {
  it('tells one event from an array of one', () => {
    expect(read('{"a":1}')).toEqual({ single: true, items: [{ value: { a: 1 }, place: '', faults: [] }] });
    expect(read('[{"a":1}]')).toEqual({
      single: false,
      items: [{ value: { a: 1 }, place: '/0', faults: [] }],
    });
  });

  it('gives each item its own faults', () => {
    const items = Array.from({ length: 12 }, (_, index) => (index % 10 === 1 ? '{"a":1,"a":2}' : '{}'));
    const faulty = read(`[${items.join()}]`).items.flatMap(({ place, faults }) =>
      faults.map(({ pointer }) => [place, pointer]),
    );
    expect(faulty).toEqual([
      ['/1', '/1/a'],
      ['/11', '/11/a'],
    ]);
  });

  it('throws where the whole is no JSON', () => {
    expect(() => read('[{"a":1},{]')).toThrow('not valid JSON');
  });
});
