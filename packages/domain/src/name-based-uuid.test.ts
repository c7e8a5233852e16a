import fc from 'fast-check';
import { v5 } from 'uuid';
import { expect, test } from 'vitest';
import { nameBasedUuids } from './name-based-uuid.ts';

test('gives the published example', () => {
  // RFC 9562, appendix A.4.
  const inDns = nameBasedUuids('6ba7b810-9dad-11d1-80b4-00c04fd430c8');
  expect(inDns('www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
});

test('gives what the uuid package gives, for any name in any namespace', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.string({ unit: 'binary', maxLength: 80 }), (namespace, name) => {
      expect(nameBasedUuids(namespace)(name)).toBe(v5(name, namespace));
    }),
  );
});

test('refuses a namespace that is no UUID', () => {
  expect(() => nameBasedUuids('acme')).toThrow(RangeError);
});
