import { expect, it } from 'vitest';
import { recordOf } from './record-of.ts';

const record = { id: 'acme-1', acme_version: 1 };

it.each([
  ['a record', record],
  ['the event of a webhook', { id: 'evt_1', event: 'contact.created', data: record }],
  ['a delivery of one event', [{ id: 'evt_1', event: 'contact.created', data: record }]],
])('reads %s', (_, value) => {
  expect(recordOf(JSON.stringify(value))).toEqual({ record });
});

it.each(['{', '7', 'null', '[]', '[1, 2]'])('says why %s is none', (text) => {
  expect(recordOf(text)).toEqual({ fault: expect.stringMatching(/\w/) });
});
