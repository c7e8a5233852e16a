import { expect, test } from 'vitest';
import { normalizeRecord, parseJson, trimAddress } from './index.ts';

test('leaves out what is documented and empty, and keeps what is not known as it came', () => {
  const sent = {
    id: '7',
    acme_phone: '',
    acme_notes: null,
    acme_created_at: '',
    acme_custom_fields: { a: null, b: '', c: false, d: 0 },
    acme_mood: '',
    acme_score: null,
  };
  expect(normalizeRecord(sent)).toEqual({
    id: '7',
    acme_custom_fields: { c: false, d: 0 },
    acme_mood: '',
    acme_score: null,
  });
});

test('leaves what is required and empty for the schema to refuse', () => {
  const sent = { id: '', acme_first_name: null, acme_last_name: '', acme_email: ' ', acme_version: null };
  expect(normalizeRecord(sent)).toEqual({ ...sent, acme_email: '' });
});

test('writes times in one way', () => {
  const sent = { acme_created_at: '2015-12-15', acme_updated_at: 'soon' };
  expect(normalizeRecord(sent)).toEqual({ acme_created_at: '2015-12-15T00:00:00Z', acme_updated_at: 'soon' });
});

test('takes a number by its value where one is documented, and digits elsewhere', () => {
  const sent = parseJson('{"acme_version":1E2,"acme_custom_fields":{"a":1e20},"acme_x":1e20}') as object;
  expect(JSON.stringify(normalizeRecord({ ...sent }))).toBe(
    '{"acme_version":100,"acme_custom_fields":{"a":100000000000000000000},"acme_x":1e20}',
  );
});

test.each(['__proto__', 'constructor'])('keeps members called %s, among custom fields too', (name) => {
  const sent = JSON.parse(`{"${name}":{"x":1},"acme_custom_fields":{"${name}":"y"}}`) as object;
  expect(JSON.stringify(normalizeRecord({ ...sent }))).toBe(JSON.stringify(sent));
});

test.each([
  ['ada@example.com ', 'ada@example.com'],
  ['\u202a+1 415 555 2671\u202c', '+1 415 555 2671'],
  ['\ufeff\u00a0+1-415-555-2671\u200e\n', '+1-415-555-2671'],
  ['\u200f', ''],
])('%j is %j without what nobody sees around it', (text, trimmed) => {
  expect(trimAddress(text)).toBe(trimmed);
});

test('trims half a megabyte of blanks in little time', () => {
  const started = performance.now();
  expect(trimAddress(`a${' '.repeat(500_000)}@b`)).toHaveLength(500_003);
  expect(trimAddress(' '.repeat(500_000))).toBe('');
  expect(performance.now() - started).toBeLessThan(2_000);
});
