import { contactIdOfAcme, limits } from '@contact-sync/domain';
import { beforeEach, describe, expect, it } from 'vitest';
import { createEditing, input } from './editing.ts';
import { updated } from './event-builder.ts';

const named = (prefix: string, count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, number) => [`${prefix}${number}`, number]));

const anyVersion = { 'if-match': '*' };

describe('limits at the API', () => {
  let { test, send, create, historyOf } = {} as Awaited<ReturnType<typeof createEditing>>;
  const crm = contactIdOfAcme('7');

  beforeEach(async () => {
    ({ test, send, create, historyOf } = await createEditing());
  });

  describe('a contact that has more custom fields by both sides than either may write', () => {
    beforeEach(async () => {
      await test.apply(updated({ id: '7', acme_version: 1, acme_custom_fields: named('a', 40) }));
      await send('PATCH', `/${crm}`, anyVersion, { customFields: named('ours', 10) });
      await test.apply(updated({ id: '7', acme_version: 2, acme_custom_fields: named('a', 45) }));
      expect(Object.keys((await send('GET', `/${crm}`)).json().customFields)).toHaveLength(55);
    });

    it.each<[string, object, number]>([
      ['of another field', { title: 'x' }, 200],
      ['that gives a custom field another value', { customFields: { a1: 'x' } }, 200],
      ['that puts one in the place of another', { customFields: { a1: null, new: 1 } }, 200],
      ['that takes one away', { customFields: { ours1: null } }, 200],
      ['that adds one more', { customFields: { new: 1 } }, 400],
    ])('takes a patch %s, or refuses what makes it worse', async (_, patch, status) => {
      const answer = await send('PATCH', `/${crm}`, anyVersion, patch);
      expect(answer.statusCode).toBe(status);
      if (status === 400) {
        expect(answer.json().errors).toEqual([
          { pointer: '/customFields', detail: 'must NOT have more than 55 properties' },
        ]);
      }
    });

    it('is taken back by PUT as GET gave it, without a version', async () => {
      const read = await send('GET', `/${crm}`);
      const put = await send('PUT', `/${crm}`, { 'if-match': String(read.headers.etag) }, read.json());
      expect([put.statusCode, put.headers.etag, put.json()]).toEqual([200, read.headers.etag, read.json()]);
    });

    it('is refused by PUT and POST with more', async () => {
      const body = { ...input, customFields: named('b', 56) };
      const answers = [await send('PUT', `/${crm}`, anyVersion, body), await send('POST', '', {}, body)];
      expect(answers.map(({ statusCode }) => statusCode)).toEqual([400, 400]);
      expect(answers.map((answer) => answer.json().errors[0].pointer)).toEqual([
        '/customFields',
        '/customFields',
      ]);
    });
  });

  const emoji = (length: number) => '😀'.repeat(length);
  const largest = {
    firstName: emoji(limits.nameLength),
    lastName: emoji(limits.nameLength),
    email: `${emoji(limits.emailLength - 2)}@x`,
    phone: emoji(limits.phoneLength),
    company: emoji(limits.companyLength),
    title: emoji(limits.titleLength),
    notes: emoji(limits.notesLength),
    address: Object.fromEntries(
      ['street', 'city', 'state', 'zipCode', 'country'].map((part) => [part, emoji(limits.addressLength)]),
    ),
    tags: Array.from({ length: limits.tags }, () => emoji(limits.tagLength)),
    customFields: Object.fromEntries(
      Array.from({ length: limits.customFields }, (_, number) => [
        `${emoji(limits.customFieldNameLength - 2)}${10 + number}`,
        emoji(limits.customFieldLength),
      ]),
    ),
  };
  /** As some clients spell all that is not ASCII. */
  const escaped = (value: object): string =>
    JSON.stringify(value).replaceAll(
      /[^\x20-\x7e]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
  const asJson = { 'content-type': 'application/json' };

  it('take the largest contact in the longest spelling by every route, and every route gives it back', async () => {
    const made = await send('POST', '', { ...asJson, 'idempotency-key': 'k' }, escaped(largest));
    expect(made.statusCode).toBe(201);
    const { id } = made.json();
    const repeat = await send('POST', '', { ...asJson, 'idempotency-key': 'k' }, escaped(largest));
    expect([repeat.statusCode, repeat.body === made.body]).toEqual([201, true]);
    const read = await send('GET', `/${id}`);
    expect(read.json()).toMatchObject(largest);
    const put = await send('PUT', `/${id}`, { ...asJson, ...anyVersion }, escaped(read.json()));
    expect([put.statusCode, put.headers.etag]).toEqual([200, '"1"']);
    const patched = await send(
      'PATCH',
      `/${id}`,
      { ...asJson, ...anyVersion },
      escaped({ ...largest, notes: 'x' }),
    );
    expect([patched.statusCode, patched.json().version]).toEqual([200, 2]);
    const late = await send('POST', '', { ...asJson, 'idempotency-key': 'k' }, escaped(largest));
    expect([late.statusCode, late.json().code]).toEqual([409, 'IDEMPOTENCY_KEY_EXPIRED']);
    expect((await send('GET', `/${id}/history`)).json().items).toHaveLength(2);
    expect((await send('GET', '?limit=1')).json().items).toMatchObject([{ id, notes: 'x' }]);
  });

  it('refuse a body that no contact has the size of', async () => {
    const body = escaped({ ...input, notes: 'x'.repeat(limits.contactBytes) });
    const answer = await send('POST', '', asJson, body);
    expect([answer.statusCode, answer.json().code]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
  });

  describe('read-only members', () => {
    it('are taken by PUT where they are as stored, an id in capitals too', async () => {
      const contact = await create();
      const body = { ...contact, id: contact.id.toUpperCase(), title: 'Adm' };
      const put = await send('PUT', `/${contact.id}`, { 'if-match': '"1"' }, body);
      expect([put.statusCode, put.json().title, put.json().version]).toEqual([200, 'Adm', 2]);
    });

    it.each<[string, unknown]>([
      ['id', '0192d7e8-0000-7000-8000-000000000000'],
      ['source', 'acmecrm'],
      ['sourceId', '7'],
      ['createdAt', '2020-01-01T00:00:00.000Z'],
      ['updatedAt', '2020-01-01T00:00:00.000Z'],
      ['deletedAt', '2020-01-01T00:00:00.000Z'],
      ['version', 2],
    ])('are refused by PUT with a pointer where they differ: %s', async (member, value) => {
      const contact = await create();
      const body = { ...contact, [member]: value };
      const put = await send('PUT', `/${contact.id}`, anyVersion, body);
      expect([put.statusCode, put.json().code, put.json().errors]).toEqual([
        400,
        'INVALID_BODY',
        [{ pointer: `/${member}`, detail: 'is read-only and not as stored' }],
      ]);
      expect(await historyOf(contact.id)).toHaveLength(1);
    });

    it('that are not of a contact are unknown members', async () => {
      const contact = await create();
      const put = await send('PUT', `/${contact.id}`, anyVersion, { ...contact, role: 'admin' });
      expect(put.json().errors).toEqual([{ pointer: '/role', detail: 'is not a known member' }]);
    });

    it('do not hide that the contact has changed, or is deleted', async () => {
      const contact = await create();
      await send('PATCH', `/${contact.id}`, { 'if-match': '"1"' }, { title: 'Adm' });
      const stale = await send('PUT', `/${contact.id}`, { 'if-match': '"1"' }, contact);
      expect(stale.json().code).toBe('PRECONDITION_FAILED');
      await send('DELETE', `/${contact.id}`, { 'if-match': '"2"' });
      const gone = await send('PUT', `/${contact.id}`, { 'if-match': '"3"' }, contact);
      expect(gone.json().code).toBe('CONTACT_DELETED');
    });
  });
});
