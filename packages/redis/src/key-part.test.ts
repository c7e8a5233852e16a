import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeKeyPart, encodeKeyPart } from './key-part.ts';

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom('a', '%', 'u', 'D', '8', '0', ':', '{', '}', '*', '\r', '\n', '\ud800', '\udc00'),
  }),
);

test('can be undone for any text, lone surrogates included', () => {
  fc.assert(
    fc.property(text, (part) => {
      expect(decodeKeyPart(encodeKeyPart(part))).toBe(part);
    }),
  );
});

test('leaves nothing that a key, a scan, a hash tag or the protocol could take for its own', () => {
  fc.assert(
    fc.property(text, (part) => {
      expect(encodeKeyPart(part)).toMatch(/^[\w.@+%-]*$/);
    }),
  );
});

test.each(['0193a1de-7f5e-7000-8000-000000000000', 'jane.doe+crm@example.com', 'evt_1'])(
  'leaves %s readable',
  (part) => {
    expect(encodeKeyPart(part)).toBe(part);
  },
);
