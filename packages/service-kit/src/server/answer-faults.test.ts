import { defineRoute } from '@contact-sync/api-contracts';
import { Type } from 'typebox';
import { expect, it } from 'vitest';
import { answerFaults } from './answer-faults.ts';

const route = defineRoute({
  name: 'makeThing',
  method: 'POST',
  path: '/things',
  service: 'contact-service',
  access: 'contacts:write',
  summary: 'Thing',
  description: 'A thing.',
  limit: 'write',
  answers: {
    201: {
      description: 'It',
      headers: { etag: { description: 'Version' }, location: { description: 'Path', optional: true } },
      body: Type.Object({ parts: Type.Array(Type.Union([Type.Object({ a: Type.String() }), Type.Null()])) }),
    },
    204: { description: 'Nothing' },
  },
  errors: [],
});

const body = '{"parts":[{"a":"x"},null]}';
const headers = { etag: '"1"', 'content-type': 'application/json' };

const problem = (code: string, status: number) =>
  JSON.stringify({ type: '/docs/errors', title: 'T', status, code, detail: 'd', requestId: 'r' });
const problemHeaders = { 'content-type': 'application/problem+json' };

it.each([
  ['an answer that is right', { status: 201, headers, body }, []],
  ['an answer without a body', { status: 204, headers: {}, body: '' }, []],
  ['a status of its own', { status: 202, headers, body }, ['the contract has no such status']],
  [
    'a header too few',
    { status: 201, headers: { 'content-type': 'application/json' }, body },
    ['the header etag is missing'],
  ],
  [
    'JSON that is not called so',
    { status: 201, headers: { etag: '"1"' }, body },
    ['its body is not called JSON'],
  ],
  ['a body too many', { status: 204, headers: {}, body }, ['the contract has no body']],
  [
    'a member too many, deep inside',
    { status: 201, headers, body: '{"parts":[{"a":"x","b":1}]}' },
    ['/parts/0/b is not a known member'],
  ],
  ['a wrong value', { status: 201, headers, body: '{"parts":1}' }, ['/parts must be array']],
  ['an error in plain JSON', { status: 403, headers, body: '{}' }, ['it is no problem+json']],
  [
    'a code with the status of another',
    { status: 400, headers: problemHeaders, body: problem('FORBIDDEN', 400) },
    ['the code FORBIDDEN has another status'],
  ],
  [
    'a refusal that says not when to come again',
    { status: 503, headers: problemHeaders, body: problem('OVERLOADED', 503) },
    ['the header retry-after is missing'],
  ],
])('finds in %s what is wrong', (_, answer, faults) => {
  expect(answerFaults(route, answer)).toEqual(faults);
});
