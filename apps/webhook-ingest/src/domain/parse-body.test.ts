import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBody } from './parse-body.ts';

const text = fc.string({ unit: 'grapheme' }).filter((value) => !value.includes('\u0000'));
const name = fc
  .oneof(text, fc.constantFrom('"', '\\', ':', '\\":', '{"a":1}', 'constructor'))
  .filter((value) => value !== '__proto__');
const { plain } = fc.letrec((tie) => ({
  plain: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(name, fc.integer(), fc.boolean(), fc.constant(null)),
    fc.array(tie('plain'), { maxLength: 5 }),
    fc.dictionary(name, tie('plain'), { maxKeys: 5 }),
  ),
}));
const spacing = fc.constantFrom(undefined, 2, '\t');

const codeOf = (json: string): unknown => {
  try {
    return parseBody(Buffer.from(json));
  } catch (error) {
    return (error as { code: unknown }).code;
  }
};

describe('parseBody', () => {
  it('gives back every value that JSON can hold, whatever its names and texts look like', () => {
    fc.assert(
      fc.property(plain, spacing, (value, space) => {
        const json = JSON.stringify(value, null, space);
        expect(parseBody(Buffer.from(json))).toEqual(value);
      }),
    );
  });

  it('refuses an object that has a member twice, wherever it stands and however it is written', () => {
    const escaped = (member: string) =>
      [...member].map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
    const plainName = fc.stringMatching(/^[a-z]{1,8}$/);
    fc.assert(
      fc.property(
        plainName,
        plain,
        plain,
        fc.boolean(),
        fc.nat(5),
        (member, first, second, isEscaped, depth) => {
          const again = isEscaped ? escaped(member) : member;
          const object = `{"${member}":${JSON.stringify(first)}, "${again}" : ${JSON.stringify(second)}}`;
          const json = `${'{"a":[0,'.repeat(depth)}${object}${']}'.repeat(depth)}`;
          expect(codeOf(json)).toBe('MALFORMED_BODY');
        },
      ),
    );
  });

  it('takes the same member in two objects', () => {
    expect(codeOf('[{"a":1},{"a":{"a":2}}]')).toEqual([{ a: 1 }, { a: { a: 2 } }]);
  });
});
