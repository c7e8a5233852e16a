import { beforeAll, describe, expect, it } from 'vitest';
import { createTestApp } from './test-app.ts';

const hopper = { firstName: 'Grace', lastName: 'Hopper', email: 'grace@example.com' };
type Test = Awaited<ReturnType<typeof createTestApp>>;

describe('what our API takes', () => {
  let test: Test;
  beforeAll(async () => {
    test = await createTestApp();
  });

  const send = (
    method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    payload?: string | Buffer,
    headers = {},
  ) =>
    test.app.inject({
      method,
      url: `/api/v1/contacts${url}`,
      ...(payload !== undefined && { payload }),
      headers: {
        authorization: `Bearer ${test.issuer.userToken('editor')}`,
        'content-type': 'application/json',
        'if-match': '*',
        ...headers,
      },
    });
  const create = async (fields: object) => {
    const answer = await send('POST', '', JSON.stringify({ ...hopper, ...fields }));
    expect([answer.statusCode, answer.body]).toEqual([201, expect.any(String)]);
    return answer.json();
  };
  const raw = (members: string) => JSON.stringify(hopper).replace('}', `,${members}}`);

  it.each(['(415) 555-2671', '\u202a+1 415 555 2671\u202c', '+1-415-555-2671\u200e', 'tel:+1-415-555-2671'])(
    'a phone that is E.164 when it can be: %j',
    async (phone) => {
      const { id, phone: created } = await create({ phone });
      const patched = await send('PATCH', `/${id}`, JSON.stringify({ phone: `${phone} ` }));
      const put = await send('PUT', `/${id}`, JSON.stringify({ ...hopper, phone }));
      expect([created, patched.json().phone, put.json().phone]).toEqual(Array(3).fill('+14155552671'));
    },
  );

  it('addresses without blanks and marks around them, and nothing for an empty text', async () => {
    const made = await create({
      email: '\u200fgrace@example.com ',
      phone: ' ext. 9 ',
      title: '',
      status: '',
      address: { street: '', city: 'Arlington', state: null, zipCode: null, country: null },
      tags: null,
      customFields: { a: '', b: null, c: 0 },
    });
    expect(made).toMatchObject({ email: hopper.email, phone: 'ext. 9', title: null, status: null, tags: [] });
    expect([made.customFields, made.address.street]).toEqual([{ c: 0 }, null]);
  });

  it('an empty text as what empties a field or a custom field in a patch', async () => {
    const { id } = await create({ company: 'Navy', phone: '+14155552671', customFields: { a: 1, b: 2 } });
    const patched = await send('PATCH', `/${id}`, '{"company":"","phone":" ","customFields":{"a":""}}');
    expect(patched.json()).toMatchObject({ company: null, phone: null, customFields: { b: 2 } });
  });

  it.each([
    [
      'bytes that are no UTF-8',
      Buffer.from(raw('"title":"Jos@"').replace('@', '\u00e9'), 'latin1'),
      'MALFORMED_BODY',
      undefined,
    ],
    ['a member twice', raw('"firstName":"Ada"'), 'INVALID_BODY', '/firstName'],
    ['a custom field twice', raw('"customFields":{"a":1,"\\u0061":2}'), 'INVALID_BODY', '/customFields/a'],
    [
      'a number that it would round',
      raw('"customFields":{"a/b":12345678901234567890}'),
      'INVALID_BODY',
      '/customFields/a~1b',
    ],
  ])('no %s', async (_, payload, code, pointer) => {
    const answer = await send('POST', '', payload);
    expect([answer.statusCode, answer.json().code, answer.json().errors?.[0].pointer]).toEqual([
      400,
      code,
      pointer,
    ]);
  });

  it('a byte order mark, and members of any name among the custom fields', async () => {
    const answer = await send(
      'POST',
      '',
      `\ufeff${raw('"customFields":{"__proto__":"x","constructor":"y"}')}`,
    );
    expect(answer.statusCode).toBe(201);
    expect(answer.body).toContain('"customFields":{"__proto__":"x","constructor":"y"}');
  });

  it('no compressed body', async () => {
    const answer = await send('POST', '', raw('"title":"x"'), { 'content-encoding': 'gzip' });
    expect([answer.statusCode, answer.headers['accept-encoding']]).toEqual([415, 'identity']);
  });

  it('the type of a body that is not there', async () => {
    const { id } = await create({});
    expect((await send('DELETE', `/${id}`)).statusCode).toBe(204);
    expect((await send('POST', `/${id}/restore`)).statusCode).toBe(200);
  });
});
