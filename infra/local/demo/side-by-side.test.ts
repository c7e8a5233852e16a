import { createClient } from '@contact-sync/client';
import { expect, test } from 'vitest';
import { readPair, renderPair } from './side-by-side.ts';

const flat = '123 Main St, San Francisco, CA 94105, USA';

/** A client of an API that has these contacts alone. */
const apiOf = (addresses: Record<string, string>) =>
  createClient({
    baseUrl: 'http://gateway.example',
    fetch: async (url) => {
      const [, id = '', acme] = /contacts\/([^/]+)(\/acme)?$/.exec(String(url)) ?? [];
      const address = addresses[id];
      if (address === undefined) return Response.json({ code: 'CONTACT_NOT_FOUND' }, { status: 404 });
      return Response.json(
        acme ? { record: { acme_address: address } } : { id, address: { street: address, city: null } },
      );
    },
  });

test('prefers a contact whose address was taken apart', async () => {
  expect((await readPair(apiOf({ a: 'Straße 1, Berlin', b: flat }), ['gone', 'a', 'b']))?.id).toBe('b');
  expect((await readPair(apiOf({ a: 'Straße 1, Berlin' }), ['gone', 'a']))?.id).toBe('a');
  expect(await readPair(apiOf({}), ['gone'])).toBeUndefined();
});

test('shows parts below each other, empty values as a dash, and long or broken lines on one line', () => {
  const acme = { acme_address: flat, acme_notes: `one\r\n${'x'.repeat(100)}`, acme_tags: ['a', 'b'] };
  const contact = {
    address: { street: '123 Main St', city: 'San Francisco' },
    notes: null,
    tags: ['a', 'b'],
  };
  const lines = renderPair({ id: 'c1', acme, contact });
  const street = lines.findIndex((line) => line.includes('street: 123 Main St'));
  expect(lines[street]).toContain(flat);
  expect(lines[street + 1]).toContain('city: San Francisco');
  expect(lines.find((line) => line.includes('acme_notes'))).toMatch(/one x+…\s+notes\s+—$/);
  expect(lines.find((line) => line.includes('acme_tags'))).toMatch(/a, b\s+tags\s+a, b$/);
});
