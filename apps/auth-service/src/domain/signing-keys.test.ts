import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readSigningKeys } from './signing-keys.ts';

const newJwk = (kid: string) => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { ...privateKey.export({ format: 'jwk' }), kid, alg: 'ES256', use: 'sig' };
};

const read = (keys: unknown) => readSigningKeys(JSON.stringify({ keys }));

describe('readSigningKeys', () => {
  it('reads all keys in order and tells their public halves only', () => {
    const { d, ...published } = newJwk('a');
    const { keys, faults } = read([{ ...published, d }, newJwk('b')]);
    expect(faults).toEqual([]);
    expect(keys.map((key) => key.publicJwk.kid)).toEqual(['a', 'b']);
    expect(keys[0]?.publicJwk).toEqual(published);
  });

  it('tells every fault with its place and no value', () => {
    const stolen = newJwk('x');
    const { keys, faults } = read([newJwk('a'), { ...newJwk('b'), x: stolen.x, y: stolen.y }, newJwk('a')]);
    expect(keys).toEqual([]);
    expect(faults).toEqual([expect.stringMatching(/^\/keys\/1: /), '/keys/2/kid: stands twice']);
    expect(faults.join()).not.toContain(stolen.x);
  });

  it.each([
    ['text', 'no json', ': is not JSON'],
    ['no key', '{"keys":[]}', '/keys: '],
    ['a public key', JSON.stringify({ keys: [{ ...newJwk('a'), d: undefined }] }), '/keys/0'],
    ['another algorithm', JSON.stringify({ keys: [{ ...newJwk('a'), alg: 'ES384' }] }), '/keys/0/alg'],
    ['no key id', JSON.stringify({ keys: [{ ...newJwk('a'), kid: '' }] }), '/keys/0/kid'],
  ])('refuses %s', (_, text, place) => {
    const { keys, faults } = readSigningKeys(text);
    expect(keys).toEqual([]);
    expect(faults[0]?.startsWith(place)).toBe(true);
  });
});
