import { limits } from '@contact-sync/domain';
import { describe, expect, it } from 'vitest';
import { apiKey, startSimulator } from './simulator-app.ts';

const url = '/acme/v1/contacts';
const ada = { acme_first_name: 'Ada', acme_last_name: 'Byron', acme_email: 'ada@example.com' };

const startCrm = async (change: Parameters<typeof startSimulator>[1] = {}) => {
  const simulator = await startSimulator({}, change);
  const { app, crmStore } = simulator;
  const call = (
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    payload?: object | string,
    headers: Record<string, string> = {},
  ) =>
    app.inject({
      method,
      url: `${url}${path}`,
      ...(payload !== undefined && { payload }),
      headers: {
        authorization: `Bearer ${apiKey}`,
        ...(typeof payload === 'string' && { 'content-type': 'application/json' }),
        ...headers,
      },
    });
  const create = async (members: object = ada) => (await call('POST', '', members)).json().id as string;
  const webhooks = () => crmStore.written.map(({ body }) => JSON.parse(body));
  return { ...simulator, call, create, webhooks };
};

describe("AcmeCRM's API", () => {
  it.each([undefined, 'Bearer another-key-0123456789', `Basic ${apiKey}`])(
    'lets nobody in with %s',
    async (authorization) => {
      const { app } = await startCrm();
      const answer = await app.inject({ url, headers: authorization ? { authorization } : {} });
      expect([answer.statusCode, answer.json().code]).toEqual([401, 'UNAUTHENTICATED']);
    },
  );

  it('lets nobody in where no key is configured', async () => {
    const { app } = await startSimulator({}, {}, ['ACME_API_KEY']);
    for (const authorization of ['Bearer ', 'Bearer undefined', `Bearer ${apiKey}`])
      expect((await app.inject({ url, headers: { authorization } })).statusCode).toBe(401);
  });

  it('answers 429 with Retry-After beyond its rate', async () => {
    const { call } = await startCrm({ ACME_REQUESTS_PER_SECOND: 2 });
    const statuses = [];
    for (let index = 0; index < 3; index += 1) statuses.push(await call('GET', ''));
    expect(statuses.map(({ statusCode }) => statusCode)).toEqual([200, 200, 429]);
    expect(Number(statuses[2]?.headers['retry-after'])).toBeGreaterThanOrEqual(1);
  });

  it('makes a contact at version 1, with every member and digit that it was given, and tells of it', async () => {
    const { call, webhooks, onChange, crmStore } = await startCrm();
    const body = `${JSON.stringify(ada).slice(0, -1)},"acme_big":12345678901234567890,"acme_external_id":"ours"}`;
    const answer = await call('POST', '', body);
    expect([answer.statusCode, answer.headers['etag']]).toEqual([201, '"1"']);
    expect(answer.body).toContain('"acme_big":12345678901234567890');
    const record = answer.json();
    expect(record).toMatchObject({ ...ada, acme_version: 1, acme_external_id: 'ours' });
    expect((await call('GET', `/${record.id}`)).body).toBe(answer.body);
    expect(webhooks()).toMatchObject([
      { event: 'contact.created', data: { id: record.id, acme_version: 1 } },
    ]);
    expect(crmStore.written[0]?.body).toContain('12345678901234567890');
    expect(onChange).toHaveBeenCalledTimes(1);
  });

  it('refuses what is no contact, and does as AcmeCRM with members that are its own to give', async () => {
    const { call, webhooks } = await startCrm();
    expect((await call('POST', '', { acme_first_name: 'Ada' })).json().code).toBe('INVALID_BODY');
    expect(webhooks()).toEqual([]);
    const answer = await call('POST', '', { ...ada, id: 'mine', acme_version: 9, acme_created_at: 'never' });
    expect(answer.json()).toMatchObject({ acme_version: 1 });
    expect(answer.json().id).not.toBe('mine');
  });

  it('answers a create that is repeated with its key as the first time, and makes one contact', async () => {
    const { call, webhooks } = await startCrm();
    const key = { 'idempotency-key': 'k1' };
    const answers = await Promise.all([1, 2, 3].map(() => call('POST', '', ada, key)));
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([201, 201, 201]);
    expect(webhooks()).toHaveLength(1);
    const other = await call('POST', '', { ...ada, acme_title: 'x' }, key);
    expect(other.json().code).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  it('names the contact that a key made, and makes no other, where its answer is forgotten by now', async () => {
    const { call, webhooks, crmStore } = await startCrm();
    const made = { ...ada, acme_external_id: 'ours' };
    const key = { 'idempotency-key': 'k1' };
    const { id } = (await call('POST', '', made, key)).json();
    await call('PATCH', `/${id}`, { acme_title: 'Countess' });
    crmStore.forgetAnswers();
    const again = await call('POST', '', made, key);
    expect([again.statusCode, again.json()]).toEqual([
      409,
      { error: 'external_id_taken', id, acme_version: 2 },
    ]);
    expect(webhooks()).toHaveLength(2);
  });

  it('makes no second contact of one external id, and names the first', async () => {
    const { call } = await startCrm();
    const first = (await call('POST', '', { ...ada, acme_external_id: 'ours' })).json();
    const second = await call('POST', '', { ...ada, acme_external_id: 'ours' });
    expect([second.statusCode, second.json()]).toEqual([
      409,
      { error: 'external_id_taken', id: first.id, acme_version: 1 },
    ]);
  });

  it('changes a contact by a merge patch, one version higher, for the version that is named', async () => {
    const { call, create, webhooks } = await startCrm();
    const id = await create({ ...ada, acme_title: 'Miss', acme_custom_fields: { a: 1, b: 2 } });
    const patch = { acme_title: null, acme_last_name: 'Lovelace', acme_custom_fields: { a: null, c: 3 } };
    const answer = await call('PATCH', `/${id}`, patch, { 'if-match': '"1"' });
    expect([answer.statusCode, answer.headers['etag']]).toEqual([200, '"2"']);
    expect(answer.json()).toMatchObject({ acme_last_name: 'Lovelace', acme_custom_fields: { b: 2, c: 3 } });
    expect(answer.json()).not.toHaveProperty('acme_title');
    expect(webhooks()[1]).toMatchObject({ event: 'contact.updated', data: answer.json() });
    const stale = await call('PATCH', `/${id}`, { acme_title: 'x' }, { 'if-match': '"1"' });
    expect([stale.statusCode, stale.json()]).toEqual([
      412,
      { error: 'version_conflict', id, acme_version: 2 },
    ]);
    expect((await call('PATCH', `/${id}`, { acme_title: 'x' }, { 'if-match': '*' })).statusCode).toBe(412);
  });

  it('makes no version of a patch that changes nothing', async () => {
    const { call, create, webhooks } = await startCrm();
    const id = await create();
    const answer = await call('PATCH', `/${id}`, { acme_last_name: 'Byron' });
    expect([answer.statusCode, answer.headers['etag']]).toEqual([200, '"1"']);
    expect(webhooks()).toHaveLength(1);
  });

  it('refuses a patch after which the contact would be none', async () => {
    const { call, create, webhooks } = await startCrm();
    const fields = (begin: number, count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`f${begin + index}`, 1]));
    const id = await create({ ...ada, acme_custom_fields: fields(0, limits.customFields) });
    const answer = await call('PATCH', `/${id}`, { acme_custom_fields: fields(limits.customFields, 1) });
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'INVALID_BODY']);
    expect(answer.json().errors[0].pointer).toBe('/acme_custom_fields');
    expect(webhooks()).toHaveLength(1);
  });

  it('loses no change of those that meet', async () => {
    const { call, create } = await startCrm();
    const id = await create();
    const names = Array.from({ length: 5 }, (_, index) => `n${index}`);
    const patches = names.map((name) => call('PATCH', `/${id}`, { acme_custom_fields: { [name]: 1 } }));
    expect((await Promise.all(patches)).map(({ statusCode }) => statusCode)).toEqual(names.map(() => 200));
    const record = (await call('GET', `/${id}`)).json();
    expect(Object.keys(record.acme_custom_fields).toSorted()).toEqual(names);
    expect(record.acme_version).toBe(6);
  });

  it('deletes a contact, which is a version too, and says 410 with it from then on', async () => {
    const { call, create, webhooks } = await startCrm();
    const id = await create();
    expect((await call('DELETE', `/${id}`, undefined, { 'if-match': '"7"' })).statusCode).toBe(412);
    const answer = await call('DELETE', `/${id}`, undefined, { 'if-match': '"1"' });
    expect(answer.json()).toEqual({ id, acme_version: 2, acme_deleted: true });
    expect(webhooks()[1]).toMatchObject({ event: 'contact.deleted', data: { id, acme_version: 2 } });
    const gone = { error: 'contact_deleted', id, acme_version: 2 };
    for (const again of [
      await call('GET', `/${id}`),
      await call('PATCH', `/${id}`, { acme_title: 'x' }),
      await call('DELETE', `/${id}`),
    ])
      expect([again.statusCode, again.json()]).toEqual([410, gone]);
  });

  it('says 404 of what it never had', async () => {
    const { call } = await startCrm();
    for (const answer of [
      await call('GET', '/nobody'),
      await call('PATCH', '/nobody', { acme_title: 'x' }),
      await call('DELETE', '/nobody'),
    ])
      expect([answer.statusCode, answer.json().code]).toEqual([404, 'CONTACT_NOT_FOUND']);
  });

  it('lists by the last change, deleted ones among them, page by page and from a time on', async () => {
    const { call, create, clock, draining } = await startCrm();
    const ids = [];
    for (let index = 0; index < 3; index += 1) {
      ids.push(await create());
      await clock.wait(1_000, draining.signal);
    }
    const [first = '', second = '', third = ''] = ids;
    await call('DELETE', `/${first}`);
    const page = (await call('GET', '?limit=2')).json();
    expect(page.items.map(({ id }: { id: string }) => id)).toEqual([second, third]);
    const rest = (await call('GET', `?limit=2&cursor=${page.nextCursor}`)).json();
    expect(rest).toEqual({ items: [{ id: first, acme_version: 2, acme_deleted: true }] });
    const since = page.items[1].acme_updated_at;
    const later = (await call('GET', `?updated_since=${since}`)).json();
    expect(later.items.map(({ id }: { id: string }) => id)).toEqual([third, first]);
    expect((await call('GET', '?cursor=none')).json().code).toBe('INVALID_CURSOR');
  });
});
