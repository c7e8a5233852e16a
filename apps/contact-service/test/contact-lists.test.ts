import { beforeEach, describe, expect, it } from 'vitest';
import { updated } from './event-builder.ts';
import { createTestApp } from './test-app.ts';

type Page = { items: { id: string; lastName: string }[]; nextCursor?: string };

describe('GET /api/v1/contacts', () => {
  let test: Awaited<ReturnType<typeof createTestApp>>;
  beforeEach(async () => {
    test = await createTestApp();
  });

  const list = (query: Record<string, string>) =>
    test.get(`/api/v1/contacts?${new URLSearchParams(query).toString()}`);
  const page = async (query: Record<string, string>): Promise<Page> => (await list(query)).json();
  const namesOf = ({ items }: Page) => items.map(({ lastName }) => lastName);

  const people = () =>
    test.apply(
      updated({
        id: '1',
        acme_version: 1,
        acme_last_name: 'Cerf',
        acme_company: 'Arpa',
        acme_status: 'Lead',
      }),
      updated({
        id: '2',
        acme_version: 1,
        acme_last_name: 'Allen',
        acme_company: 'IBM',
        acme_tags: ['a', 'b'],
      }),
      updated({
        id: '3',
        acme_version: 1,
        acme_last_name: 'Berners',
        acme_company: 'ibm',
        acme_status: 'Lead',
      }),
    );

  it('takes every filter and holds what fits all of them', async () => {
    await people();
    expect(namesOf(await page({ company: 'Ibm', status: 'lead' }))).toEqual(['Berners']);
    expect(
      namesOf(
        await page({
          email: 'ADA@example.com',
          company: 'ibm',
          tag: 'B',
          source: 'acmecrm',
          updatedSince: '2020-01-01T01:00:00+01:00',
          q: 'ada al',
          includeDeleted: 'true',
        }),
      ),
    ).toEqual(['Allen']);
    expect(namesOf(await page({ updatedSince: '2999-01-01T00:00:00Z' }))).toEqual([]);
  });

  it.each([
    ['dang', 'Đặng'],
    ['lukasik', 'Łukasik'],
    ['orsted', 'Ørsted'],
    ['strauss', 'Strauß'],
    ["O'Brien", 'O’Brien'],
    ['παπας', 'ΠΑΠΑΣ'],
    ['ΠΑΠΑΣ', 'Παπασίδης'],
    ['  dang ', 'Đặng'],
    ['かとう', 'かとう'],
  ])('finds by q=%s a person called %s', async (q, name) => {
    await test.apply(updated({ id: '1', acme_version: 1, acme_last_name: name }));
    expect(namesOf(await page({ q }))).toEqual([name]);
  });

  it('does not find by q=かとう a person called がとう', async () => {
    await test.apply(updated({ id: '1', acme_version: 1, acme_last_name: 'がとう' }));
    expect(namesOf(await page({ q: 'かとう' }))).toEqual([]);
  });

  it.each<Record<string, string>>([
    { email: ' ADA@example.com‎' },
    { company: " o'brien  & CO " },
    { tag: '\tVIP' },
  ])('finds by %j, which was pasted with blanks', async (query) => {
    const acme_company = 'O’Brien & Co';
    await test.apply(updated({ id: '1', acme_version: 1, acme_company, acme_tags: ['vip'] }));
    expect(namesOf(await page(query))).toEqual(['Lovelace']);
  });

  it('comes by creation, by last change with updatedSince, by matching name with q, and by sort above all', async () => {
    await test.apply(updated({ id: '1', acme_version: 1, acme_last_name: 'Zuse' }));
    await test.apply(updated({ id: '2', acme_version: 1, acme_last_name: 'Zadeh' }));
    const store = test.store;
    const calls: unknown[] = [];
    const real = store.list;
    store.list = (query) => {
      calls.push(query.order);
      return real(query);
    };
    await page({});
    await page({ updatedSince: '2020-01-01T00:00:00Z' });
    await page({ q: 'z' });
    await page({ q: 'z', updatedSince: '2020-01-01T00:00:00Z', sort: '-lastName' });
    expect(calls).toEqual([
      { by: 'createdAt', descending: false },
      { by: 'updatedAt', descending: false },
      { by: 'match', descending: false },
      { by: 'lastName', descending: true },
    ]);
  });

  it.each([
    [{ limit: '0' }, '/limit'],
    [{ limit: '101' }, '/limit'],
    [{ limit: 'many' }, '/limit'],
    [{ sort: 'email' }, '/sort'],
    [{ sort: 'match' }, '/sort'],
    [{ colour: 'red' }, '/colour'],
    [{ Email: 'a@b' }, '/Email'],
    [{ status: 'Lead' }, '/status'],
    [{ source: 'crm' }, '/source'],
    [{ email: '' }, '/email'],
    [{ email: 'x'.repeat(321) }, '/email'],
    [{ company: 'x'.repeat(10_000) }, '/company'],
    [{ tag: 'x'.repeat(51) }, '/tag'],
    [{ q: 'x'.repeat(101) }, '/q'],
    [{ q: ' \t\u00a0' }, '/q'],
    [{ q: 'a\u0000' }, '/q'],
    [{ tag: '\u0000' }, '/tag'],
    [{ updatedSince: 'yesterday' }, '/updatedSince'],
    [{ updatedSince: '2026-01-01' }, '/updatedSince'],
    [{ updatedSince: '2016-12-31T23:59:60Z' }, '/updatedSince'],
    [{ updatedSince: '2026-02-30T00:00:00Z' }, '/updatedSince'],
    [{ includeDeleted: 'maybe' }, '/includeDeleted'],
  ])('refuses %j and points at what is wrong', async (query, pointer) => {
    const answer = await list(query as unknown as Record<string, string>);
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'INVALID_PARAMETER']);
    expect(answer.json().errors).toMatchObject([{ pointer }]);
  });

  it('refuses a parameter that comes twice', async () => {
    const answer = await test.get('/api/v1/contacts?tag=a&tag=b');
    expect([answer.statusCode, answer.json().errors]).toMatchObject([400, [{ pointer: '/tag' }]]);
  });

  it.each(['a:*{}\r\n', '%ff%fe', "'; FLUSHALL", '[', '(', '\u{1f600}\u202e'])(
    'finds nothing by %j, and nothing breaks',
    async (value) => {
      await people();
      for (const name of ['email', 'company', 'tag', 'q']) {
        const answer = await list({ [name]: value });
        expect([answer.statusCode, answer.json()]).toEqual([200, { items: [] }]);
      }
    },
  );

  it('finds nothing by bytes that are no text', async () => {
    await people();
    const answer = await test.get('/api/v1/contacts?tag=%ED%A0%80&q=%FF');
    expect([answer.statusCode, answer.json()]).toEqual([200, { items: [] }]);
  });

  describe('with a cursor', () => {
    const next = async (query: Record<string, string>) =>
      (await page({ ...query, limit: '1' })).nextCursor ?? '';

    beforeEach(people);

    it('goes on where the page before ended, at any page size', async () => {
      const query = { sort: '-lastName', source: 'acmecrm' };
      const cursor = await next(query);
      expect(namesOf(await page({ ...query, cursor, limit: '2' }))).toEqual(['Berners', 'Allen']);
    });

    it.each<[string, Record<string, string>]>([
      ['another order', { sort: 'lastName' }],
      ['the other direction', { sort: '-createdAt' }],
      ['another filter', { source: 'acmecrm', tag: 'a' }],
      ['another value', { source: 'api' }],
      ['deleted ones too', { source: 'acmecrm', includeDeleted: 'true' }],
    ])('of a list refuses it for %s', async (_, other) => {
      const cursor = await next({ source: 'acmecrm' });
      const answer = await list({ source: 'acmecrm', ...other, cursor });
      expect([answer.statusCode, answer.json().code]).toEqual([400, 'INVALID_CURSOR']);
    });

    it('takes a spelt-out default for what it is', async () => {
      const cursor = await next({});
      expect((await list({ sort: 'createdAt', includeDeleted: 'false', cursor })).statusCode).toBe(200);
    });

    it.each<[string, (position: string) => string]>([
      ['cut off', (position) => position.slice(0, -1)],
      ['longer', (position) => `${position}x`],
      ['empty', () => ''],
      ['of a name', (position) => `ada\u0000${position}`],
      ['with a key in it', (position) => `${position}\r\nintegration:{0}:contact:*`],
      ['a bound of Redis', () => '+'],
    ])('that names a position that is %s is refused', async (_, forge) => {
      const text = Buffer.from(await next({}), 'base64url').toString('utf8');
      const forged = Buffer.from(text.slice(0, 12) + forge(text.slice(12))).toString('base64url');
      const answer = await list({ cursor: forged });
      expect([answer.statusCode, answer.json().code]).toEqual([400, 'INVALID_CURSOR']);
    });

    it.each(['!!', '%00', 'A', 'QQ', 'x'.repeat(1_024), Buffer.from([0xff, 0xfe]).toString('base64url')])(
      'refuses %j',
      async (cursor) => {
        const answer = await list({ cursor });
        expect([answer.statusCode, answer.json().code]).toEqual([400, 'INVALID_CURSOR']);
      },
    );
  });
});
