import { describe, expect, test } from 'vitest';
import { readAcmeAnswer, readAcmePage } from './read-acme-answer.ts';

const now = Date.parse('2026-11-28T12:00:00Z');

const response = (status: number, body: unknown = {}, headers: Record<string, string> = {}) => ({
  status,
  headers,
  text: typeof body === 'string' ? body : JSON.stringify(body),
  json: undefined,
});

const read = (method: string, ...answer: Parameters<typeof response>) =>
  readAcmeAnswer(method, response(...answer), now);

test('takes a record with whatever other members it has, numbers as they were spelled', () => {
  const body = '{"id":"a","acme_version":4,"acme_custom_fields":{"n":12345678901234567890},"new":[1]}';
  const answer = read('PATCH', 200, body);
  expect(JSON.stringify(answer)).toBe(`{"kind":"record","record":${body}}`);
});

test.each([
  ['no JSON', '<html>'],
  ['no record', { ok: true }],
  ['a record without a version', { id: 'a' }],
  ['a member twice', '{"id":"a","acme_version":4,"id":"b"}'],
  ['a text that no store can hold', '{"id":"a","acme_version":4,"acme_notes":"\\u0000"}'],
])('takes a success with %s for no answer', (_, body) => {
  expect(read('PATCH', 200, body)).toEqual({
    kind: 'unavailable',
    why: 'it answered with what is no record',
  });
});

test('tells a deletion of ours and one that it finds alike, by its version', () => {
  const ours = read('DELETE', 200, { id: 'a', acme_version: 5, acme_deleted: true });
  const found = read('PATCH', 410, { error: 'contact_deleted', id: 'a', acme_version: 5 });
  expect([ours, found]).toEqual([
    { kind: 'deleted', version: 5 },
    { kind: 'deleted', version: 5 },
  ]);
  expect(read('PATCH', 410).kind).toBe('unavailable');
});

test('404 is no deletion, and to a creation a wrong address', () => {
  expect(read('PATCH', 404)).toEqual({ kind: 'missing' });
  expect(read('POST', 404).kind).toBe('unavailable');
});

test('names the contact that has an external id; other conflicts are about the version', () => {
  expect(read('POST', 409, { error: 'external_id_taken', id: 'b', acme_version: 1 })).toEqual({
    kind: 'taken',
    acmeId: 'b',
  });
  expect(read('PATCH', 409, { code: 'CONFLICT' })).toEqual({ kind: 'stale' });
  expect(read('PATCH', 412)).toEqual({ kind: 'stale' });
  expect(read('POST', 409, { code: 'IDEMPOTENCY_KEY_REUSED' })).toEqual({ kind: 'refused', status: 409 });
});

test('a refusal keeps a pointer that is plain, and no other text', () => {
  const problem = (pointer: unknown) =>
    read('PATCH', 422, { errors: [{ pointer, detail: 'ada@example.com' }] });
  expect(problem('/acme_phone')).toEqual({ kind: 'refused', status: 422, pointer: '/acme_phone' });
  expect(problem('ada@example.com')).toEqual({ kind: 'refused', status: 422 });
  expect(problem('/acme_custom_fields/Ada Lovelace')).toEqual({ kind: 'refused', status: 422 });
  expect(read('PATCH', 400, 'no JSON')).toEqual({ kind: 'refused', status: 400 });
});

test.each([401, 403])('%i is about our key', (status) => {
  expect(read('GET', status)).toEqual({ kind: 'unauthorised', status });
});

test.each([302, 408, 425, 500, 502, 503])('%i says nothing about the contact', (status) => {
  expect(read('PATCH', status).kind).toBe('unavailable');
});

describe('how long to leave it alone', () => {
  test.each([
    ['3', 3_000],
    ['Sat, 28 Nov 2026 12:00:05 GMT', 5_000],
    ['86400', 600_000],
    ['0', 1_000],
    ['soon', 1_000],
    ['-5', 1_000],
  ])('Retry-After: %s', (text, retryAfterMs) => {
    expect(read('PATCH', 429, {}, { 'retry-after': text })).toEqual({ kind: 'limited', retryAfterMs });
  });
});

test('a page has records and deleted ones; anything else is none', () => {
  const items = [
    { id: 'a', acme_version: 1, acme_email: 'a@example.com' },
    { id: 'b', acme_version: 2, acme_deleted: true },
  ];
  expect(readAcmePage(response(200, { items, nextCursor: 'c' }), now)).toEqual({
    kind: 'page',
    items,
    nextCursor: 'c',
  });
  expect(readAcmePage(response(200, { items: [{ id: 'a' }] }), now).kind).toBe('unavailable');
  expect(readAcmePage(response(400, {}), now).kind).toBe('unavailable');
  expect(readAcmePage(response(429), now)).toEqual({ kind: 'limited', retryAfterMs: 1_000 });
});
