import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deletion, upsert } from '../test/acme-events.ts';
import { type AcmeContact, contentHash, contentOf, eventHash, type SourceEvent } from './index.ts';
import { propertyRuns } from './property-runs.ts';

const hashOf = (event: SourceEvent) => contentHash(contentOf(event));
const hashOfData = (data: Partial<AcmeContact>, extra = {}) => hashOf(upsert(1, data, { extra }));

describe('content hash', () => {
  test('is SHA-256 over the canonical record and the deleted flag', () => {
    const text =
      '{"deleted":false,"record":{"acme_email":"ada@example.com","acme_first_name":"Ada",' +
      '"acme_last_name":"Lovelace","id":"acme-1"}}';
    expect(hashOf(upsert(7))).toBe(createHash('sha256').update(text).digest('hex'));
  });

  test.each<[string, Partial<AcmeContact>, object?]>([
    ['version and times', { acme_version: 9, acme_updated_at: 'now', acme_created_at: 'then' }],
    ['a null member', { acme_phone: null, acme_tags: null, acme_custom_fields: null, acme_status: null }],
    ['no tags and no custom fields', { acme_tags: [], acme_custom_fields: {} }],
    ['an unknown null member', {}, { acme_score: null }],
    [
      'an empty text, also in a member that nobody knows',
      { acme_phone: '', acme_notes: '' },
      { acme_score: '' },
    ],
    ['a custom field of empty text', { acme_custom_fields: { tier: '' } }],
  ])('is the same with %s', (_, data, extra) => {
    expect(hashOfData(data, extra)).toBe(hashOfData({}));
  });

  test.each<[string, Partial<AcmeContact>, object?]>([
    ['another name', { acme_first_name: 'Augusta' }],
    ['tags', { acme_tags: [''] }],
    ['an unknown member', {}, { acme_score: 0 }],
    ['an unknown member that is empty in a way of its own', {}, { acme_scores: [] }],
  ])('differs with %s', (_, data, extra) => {
    expect(hashOfData(data, extra)).not.toBe(hashOfData({}));
  });

  test('takes a custom field that is null for one that is not there', () => {
    const custom = (fields: object) => {
      const event = upsert(1);
      Object.assign(event.data, { acme_custom_fields: fields });
      return hashOf(event);
    };
    expect(custom({ tier: 1, note: null, code: '' })).toBe(custom({ tier: 1 }));
    expect(custom({ tier: 1, note: 0, code: false })).not.toBe(custom({ tier: 1 }));
  });

  test('is the same wherever an unknown member travels', () => {
    const inside = upsert(1);
    Object.assign(inside.data, { acme_score: 7 });
    expect(hashOf(inside)).toBe(hashOfData({}, { acme_score: 7 }));
  });

  test('of deletes of one contact is equal, and differs from that of any record', () => {
    expect(hashOf(deletion(1))).toBe(hashOf(deletion(2)));
    expect(hashOf(deletion(1))).not.toBe(hashOf(upsert(1)));
  });
});

describe('event hash', () => {
  test('knows no member order', () => {
    expect(eventHash({ a: 1, b: { c: 2, d: [1, 2] } })).toBe(eventHash({ b: { d: [1, 2], c: 2 }, a: 1 }));
    expect(eventHash({ a: [1, 2] })).not.toBe(eventHash({ a: [2, 1] }));
  });

  test.each([
    '"\\ud800"',
    '{"\\udfff": 1}',
    '[1e400, -1e400]',
    '{"__proto__": {"a": 1}}',
    '{"toJSON": 1, "constructor": null, "": [[], {}]}',
    `${'['.repeat(5_000)}"\\ud800"${']'.repeat(5_000)}`,
    'null',
  ])('takes %.40s', (text) => {
    const value: unknown = JSON.parse(text);
    expect(eventHash(value)).toMatch(/^[0-9a-f]{64}$/);
    expect(eventHash(value)).toBe(eventHash(JSON.parse(text)));
  });

  test('tells odd values apart, from each other and from their look-alikes', () => {
    const odd = ['\ud800', '\ud801', '\ufffd', '\\ud800', '"\\ud800"', 'Infinity', Infinity, -Infinity, '~'];
    const values = [...odd, ...odd.map((value) => [value]), ...odd.map((value) => ({ [String(value)]: 1 }))];
    const hashes = values.map((value) => eventHash({ marker: '\udc00', value }));
    // A member's name is a string, so there Infinity has one spelling only.
    expect(new Set(hashes).size).toBe(values.length - 1);
  });

  test('is a function of the parsed JSON alone and throws on none', () => {
    const json = fc.jsonValue({ stringUnit: 'binary' });
    const law = fc.property(json, json, (one, other) => {
      const [a, b] = [one, other].map((value) => JSON.stringify(value));
      const copy: unknown = JSON.parse(a ?? '');
      expect(eventHash(copy)).toBe(eventHash(one));
      const keyless = (text: string | undefined) => [...(text ?? '')].sort().join('');
      if (keyless(a) !== keyless(b)) expect(eventHash(one)).not.toBe(eventHash(other));
    });
    fc.assert(law, propertyRuns('event hash', 500));
  });
});
