import { randomUUID } from 'node:crypto';
import { contactIdOfAcme, limits, outgoingEventId } from '@contact-sync/domain';
import { acmeContact, acmeDeletion, acmeEvent, eventually } from '@contact-sync/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Attempt, postWebhook } from '../src/acme.ts';
import { type System, startSystem } from '../src/system.ts';
import { logIn, type User } from '../src/user.ts';

let system: System;
let user: User;

beforeAll(async () => {
  system = await startSystem();
  user = await logIn(system.gatewayUrl, system.admin);
});

afterAll(async () => {
  await system?.[Symbol.asyncDispose]();
});

const post = (attempt: Omit<Attempt, 'secret'> & { secret?: string }) =>
  postWebhook(system.ingestUrl, { secret: system.acmeSecret, ...attempt });

const send = (event: unknown) => post({ body: JSON.stringify(event) });

const ada = (version: number) =>
  acmeContact(1, {
    id: 'acme-ada',
    acme_first_name: 'Ada',
    acme_last_name: version === 1 ? 'Byron' : 'Lovelace',
    acme_email: 'ada@example.com',
    acme_phone: '(415) 555-2671',
    acme_company: 'Analytical Engines',
    acme_title: 'Countess',
    acme_notes: 'Line one\r\nline two',
    acme_address: '123 Main St, San Francisco, CA 94105, USA',
    acme_status: 'Lead',
    acme_tags: ['vip', 'Größe L'],
    acme_custom_fields: { lead_score: 42, newsletter: true, 'Kunden-Nr.': 'A-1' },
    acme_version: version,
    acme_owner_region: 'emea',
  });

const path = `/api/v1/contacts/${contactIdOfAcme('acme-ada')}`;

const showsVersion = (version: number) =>
  eventually(async () => {
    const answer = await user.get(`${path}/acme`);
    expect(answer.body).toMatchObject({ sourceVersion: version });
    return answer.body as { deleted: boolean; record: object };
  });

describe('from a signed webhook to a contact', () => {
  it('shows a created contact in our shape, as AcmeCRM had it, and with its history', async () => {
    const event = acmeEvent(ada(1));
    const receipt = await send(event);
    expect([receipt.status, receipt.body]).toEqual([202, { eventId: event.id }]);

    expect((await showsVersion(1)).record).toMatchObject(ada(1));
    const contact = await user.get(path);
    expect(contact.status).toBe(200);
    expect(contact.body).toMatchObject({
      id: contactIdOfAcme('acme-ada'),
      firstName: 'Ada',
      lastName: 'Byron',
      email: 'ada@example.com',
      phone: '+14155552671',
      company: 'Analytical Engines',
      title: 'Countess',
      notes: 'Line one\r\nline two',
      address: {
        street: '123 Main St',
        city: 'San Francisco',
        state: 'CA',
        zipCode: '94105',
        country: 'USA',
      },
      status: 'lead',
      tags: ['vip', 'Größe L'],
      customFields: { lead_score: 42, newsletter: true, 'Kunden-Nr.': 'A-1' },
      source: 'acmecrm',
      sourceId: 'acme-ada',
      version: 1,
    });
    expect((await user.get(`${path}/history`)).body).toMatchObject({
      items: [{ sequence: 1, sourceVersion: 1, sourceEventId: event.id, version: 1 }],
    });
  });

  it('recognises the same event and lets nothing change by it', async () => {
    const repeated = await send(acmeEvent(ada(1)));
    expect([repeated.status, repeated.body]).toMatchObject([200, { duplicate: true }]);
    expect((await user.get(path)).body).toMatchObject({ version: 1 });
  });

  it('takes the newest of several versions in an array, whatever their order', async () => {
    const events = [3, 2].map((version) => acmeEvent(ada(version)));
    const receipt = await send(events);
    expect([receipt.status, receipt.body]).toEqual([
      202,
      { results: events.map(({ id }) => ({ eventId: id, status: 'accepted' })) },
    ]);
    await showsVersion(3);
    expect((await user.get(path)).body).toMatchObject({ lastName: 'Lovelace' });
  });

  it('keeps an edit made here beneath an update of AcmeCRM that does not touch it', async () => {
    const { headers } = await user.get(path);
    const stale = await user.patch(path, '"0"', { title: 'lost' });
    expect([stale.status, stale.body]).toMatchObject([412, { code: 'PRECONDITION_FAILED' }]);
    const edited = await user.patch(path, headers.get('etag') ?? '', { company: 'Edited here', title: null });
    expect([edited.status, edited.body]).toMatchObject([200, { company: 'Edited here', title: null }]);
    await send(acmeEvent({ ...ada(4), acme_last_name: 'King' }));
    await showsVersion(4);
    expect((await user.get(path)).body).toMatchObject({
      lastName: 'King',
      company: 'Edited here',
      title: null,
    });
  });

  it('previews how a record would be mapped: what is lost, what fails and what is not read', async () => {
    const record = { ...ada(1), acme_status: 'Gone' };
    const answer = await user.post('/api/v1/mappings/preview', { record });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      mappingId: expect.stringMatching(/^[0-9a-f]{32,}$/),
      contact: { firstName: 'Ada', phone: '+14155552671' },
      lossy: expect.arrayContaining([{ pointer: '/acme_phone', why: 'REFORMATTED' }]),
      failed: [{ pointer: '/acme_status', code: expect.any(String), valueType: 'string' }],
      ignored: expect.arrayContaining(['/acme_owner_region']),
    });
  });

  it('hides a deleted contact from lists, keeps its fields, and lets no older version revive it', async () => {
    await send(acmeDeletion('acme-ada', 5));
    expect(await showsVersion(5)).toMatchObject({ deleted: true });
    await send(acmeEvent({ ...ada(4), acme_title: 'late' }));
    await send(acmeEvent(acmeContact(2, { id: 'acme-other' })));
    await eventually(async () => {
      const other = await user.get(`/api/v1/contacts/${contactIdOfAcme('acme-other')}`);
      expect(other.status).toBe(200);
    });
    expect((await user.get(path)).body).toMatchObject({
      lastName: 'King',
      deletedAt: expect.any(String),
    });
    const { items } = (await user.get('/api/v1/contacts?limit=100')).body as { items: { id: string }[] };
    expect(items.map(({ id }) => id)).not.toContain(contactIdOfAcme('acme-ada'));
  });

  it('has one history entry and one outgoing event id for each version that was applied', async () => {
    const { items } = (await user.get(`${path}/history?limit=100`)).body as {
      items: { sourceVersion?: number; version: number; outgoingEventId: string }[];
    };
    // An edit made here has a version of ours and none of AcmeCRM's.
    const versions = items.flatMap(({ sourceVersion }) => sourceVersion ?? []);
    expect(versions).toEqual([...new Set(versions)].toSorted((one, other) => other - one));
    expect(versions).toEqual(expect.arrayContaining([1, 3, 4, 5]));
    for (const { version, outgoingEventId: id } of items) {
      expect(id).toBe(outgoingEventId(contactIdOfAcme('acme-ada'), version));
    }
  });
});

describe('contacts through the gateway', () => {
  const born = { firstName: 'Grace', lastName: 'Hopper', email: 'grace@navy.example', tags: ['Cobol'] };
  const key = { 'idempotency-key': randomUUID() };
  const create = () => user.send('POST', '/api/v1/contacts', { headers: key, body: born });

  it('are made once however often the request comes, found by what they hold, and read once by version', async () => {
    const [first, again] = [await create(), await create()];
    expect([first.status, again.status, again.body]).toEqual([201, 201, first.body]);
    const { id } = first.body as { id: string };
    const query =
      'email=GRACE%40navy.example&tag=cobol&source=api&q=grace%20h&updatedSince=2020-01-01T00:00:00Z';
    const found = await user.get(`/api/v1/contacts?${query}&limit=1&sort=-updatedAt`);
    expect([found.status, found.body]).toEqual([200, { items: [first.body] }]);
    const etag = first.headers.get('etag') ?? '';
    const known = await user.send('GET', `/api/v1/contacts/${id}`, { headers: { 'if-none-match': etag } });
    expect([known.status, known.body]).toEqual([304, null]);
  });

  it('come back from a delete, with every step in their history', async () => {
    const { body, headers } = await create();
    const at = `/api/v1/contacts/${(body as { id: string }).id}`;
    const etag = headers.get('etag') ?? '';
    expect((await user.send('DELETE', at, { headers: { 'if-match': etag } })).status).toBe(204);
    expect((await user.get('/api/v1/contacts?tag=cobol')).body).toEqual({ items: [] });
    expect((await user.send('POST', `${at}/restore`)).body).toMatchObject({ ...born, version: 3 });
    const replaced = await user.send('PUT', at, {
      headers: { 'if-match': '"3"' },
      body: { ...born, title: 'Adm' },
    });
    expect([replaced.status, replaced.headers.get('etag')]).toEqual([200, '"4"']);
    const { items } = (await user.get(`${at}/history`)).body as { items: { version: number }[] };
    expect(items.map(({ version }) => version)).toEqual([4, 3, 2, 1]);
  });

  it.each([
    ['POST', '', { ...born, roles: ['admin'] }, '/roles'],
    ['PATCH', `/${randomUUID()}`, { colour: 'red' }, '/colour'],
    ['GET', '?colour=red', undefined, '/colour'],
  ])('refuse what they do not know: %s %s', async (method, at, body, pointer) => {
    const headers = { 'if-match': '*' };
    const answer = await user.send(method, `/api/v1/contacts${at}`, { headers, body });
    expect([answer.status, answer.body]).toMatchObject([400, { errors: [{ pointer }] }]);
  });
});

describe('what ingest refuses', () => {
  const body = JSON.stringify(acmeEvent(acmeContact(3)));
  const now = () => Math.floor(Date.now() / 1_000);

  it.each<[string, () => Omit<Attempt, 'secret'> & { secret?: string }, number, string]>([
    ['no signature', () => ({ body, headers: {} }), 401, 'SIGNATURE_MISSING'],
    ['a wrong signature', () => ({ body, secret: randomUUID() }), 401, 'SIGNATURE_INVALID'],
    ['an old timestamp', () => ({ body, timestamp: now() - 310 }), 401, 'TIMESTAMP_OUTSIDE_WINDOW'],
    ['a timestamp of the future', () => ({ body, timestamp: now() + 310 }), 401, 'TIMESTAMP_OUTSIDE_WINDOW'],
    ['an oversize body', () => ({ body: `"${'x'.repeat(limits.deliveryBytes)}"` }), 413, 'PAYLOAD_TOO_LARGE'],
    ['a malformed body', () => ({ body: body.slice(0, 100) }), 400, 'MALFORMED_BODY'],
    [
      'an event without its e-mail',
      () => {
        const contact = { ...acmeContact(3), acme_email: undefined };
        return { body: JSON.stringify({ ...acmeEvent(acmeContact(3)), data: contact }) };
      },
      400,
      'INVALID_BODY',
    ],
  ])('refuses %s', async (_, attempt, status, code) => {
    const answer = await post(attempt());
    expect([answer.status, answer.body]).toMatchObject([status, { code }]);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });

  it('stores nothing of what it refused', async () => {
    const contactId = contactIdOfAcme(acmeContact(3).id);
    expect((await user.get(`/api/v1/contacts/${contactId}/acme`)).status).toBe(404);
  });
});

describe('what the gateway refuses', () => {
  it('shows no contact without a token', async () => {
    const response = await fetch(`${system.gatewayUrl}${path}`);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
  });

  it('lets nobody in with a wrong password', async () => {
    await expect(logIn(system.gatewayUrl, { ...system.admin, password: randomUUID() })).rejects.toThrow(
      '401',
    );
  });
});

describe('a run of the simulator', () => {
  it('finds no event lost and none doubled, and exactly the planted deliveries refused', async () => {
    const receipt = await user.post('/api/v1/simulator/runs', {
      contacts: 50,
      events: 300,
      ratePerSecond: 150,
    });
    expect(receipt.status).toBe(202);
    const location = receipt.headers.get('location') ?? '';
    const run = await eventually(
      async () => {
        const answer = await user.get(location);
        expect(answer.body).toMatchObject({ state: expect.stringMatching(/^(done|failed)$/) });
        return answer.body;
      },
      { timeoutMs: 120_000, intervalMs: 250 },
    );
    expect(run).toMatchObject({
      state: 'done',
      verdict: { ok: true, unanswered: 0, lost: [], doubled: [], unexpected: [], unverified: [] },
    });
  });
});
