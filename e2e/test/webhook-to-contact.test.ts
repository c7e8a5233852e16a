import { randomUUID } from 'node:crypto';
import { ApiProblem, type Client, createClient, editContact } from '@contact-sync/client';
import { contactIdOfAcme, limits, outgoingEventId, parseJson } from '@contact-sync/domain';
import { acmeContact, acmeDeletion, acmeEvent, eventually } from '@contact-sync/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { type RunSystem, runSystem } from '../run/run-system.ts';
import { type Attempt, postWebhook } from '../src/acme.ts';

let system: RunSystem;
let api: Client;

beforeAll(async () => {
  system = await runSystem();
  api = createClient({ baseUrl: system.gatewayUrl, credentials: system.admin, parse: parseJson });
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
    // Fits in no double.
    acme_ledger: JSON.rawJSON('12345678901234567890'),
  });

const params = { id: contactIdOfAcme('acme-ada') };

const contact = async () => (await api.getContact({ params })).body;

const history = async () => (await api.getHistory({ params, query: { limit: 100 } })).body.items;

const showsVersion = (version: number) =>
  eventually(async () => {
    const { body } = await api.getAcmeRecord({ params });
    expect(body).toMatchObject({ sourceVersion: version });
    return body;
  });

describe('from a signed webhook to a contact', () => {
  it('shows a created contact in our shape, as AcmeCRM had it, and with its history', async () => {
    const event = acmeEvent(ada(1));
    const receipt = await send(event);
    expect([receipt.status, receipt.body]).toEqual([202, { eventId: event.id }]);

    const { record } = await showsVersion(1);
    expect(record).toMatchObject(ada(1));
    expect(JSON.stringify(record)).toContain('"acme_ledger":12345678901234567890');
    expect(await contact()).toMatchObject({
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
    expect(await history()).toMatchObject([
      { sequence: 1, sourceVersion: 1, sourceEventId: event.id, version: 1 },
    ]);
  });

  it('recognises the same event and lets nothing change by it', async () => {
    const repeated = await send(acmeEvent(ada(1)));
    expect([repeated.status, repeated.body]).toMatchObject([200, { duplicate: true }]);
    expect(await contact()).toMatchObject({ version: 1 });
  });

  it('takes the newest of several versions in an array, whatever their order', async () => {
    const events = [3, 2].map((version) => acmeEvent(ada(version)));
    const receipt = await send(events);
    expect([receipt.status, receipt.body]).toEqual([
      202,
      { results: events.map(({ id }) => ({ eventId: id, status: 'accepted' })) },
    ]);
    await showsVersion(3);
    expect(await contact()).toMatchObject({ lastName: 'Lovelace' });
  });

  it('keeps an edit made here beneath an update of AcmeCRM that does not touch it', async () => {
    const stale = api.patchContact({ params, body: { title: 'lost' }, ifMatch: '"0"' });
    await expect(stale).rejects.toMatchObject({ status: 412, code: 'PRECONDITION_FAILED' });
    const edited = await editContact(api, params.id, () => ({ company: 'Edited here', title: null }));
    expect(edited).toMatchObject({ company: 'Edited here', title: null });
    await send(acmeEvent({ ...ada(4), acme_last_name: 'King' }));
    await showsVersion(4);
    expect(await contact()).toMatchObject({
      lastName: 'King',
      company: 'Edited here',
      title: null,
    });
  });

  it('previews how a record would be mapped: what is lost, what fails and what is not read', async () => {
    const record = { ...ada(1), acme_status: 'Gone' };
    const { body: preview } = await api.previewMapping({ body: { record } });
    expect(preview).toMatchObject({
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
      const other = await api.getContact({ params: { id: contactIdOfAcme('acme-other') } });
      expect(other.status).toBe(200);
    });
    expect(await contact()).toMatchObject({
      lastName: 'King',
      deletedAt: expect.any(String),
    });
    const listed: string[] = [];
    for await (const { id } of api.each.listContacts({ query: { limit: 100 } })) listed.push(id);
    expect(listed).toContain(contactIdOfAcme('acme-other'));
    expect(listed).not.toContain(params.id);
  });

  it('has one history entry and one outgoing event id for each version that was applied', async () => {
    const items = await history();
    // An edit made here has a version of ours and none of AcmeCRM's.
    const versions = items.flatMap(({ sourceVersion }) => sourceVersion ?? []);
    expect(versions).toEqual([...new Set(versions)].toSorted((one, other) => other - one));
    expect(versions).toEqual(expect.arrayContaining([1, 3, 4, 5]));
    for (const { version, outgoingEventId: id } of items) {
      expect(id).toBe(outgoingEventId(params.id, version ?? 0));
    }
  });
});

describe('contacts through the gateway', () => {
  const born = { firstName: 'Grace', lastName: 'Hopper', email: 'grace@navy.example', tags: ['Cobol'] };
  const create = () => api.createContact({ body: born, idempotencyKey: key });
  const key = randomUUID();

  it('are made once however often the request comes, found by what they hold, and read once by version', async () => {
    const [first, again] = [await create(), await create()];
    expect([first.status, again.status, again.body]).toEqual([201, 201, first.body]);
    const query = {
      ...{ email: 'GRACE@navy.example', tag: 'cobol', q: 'grace h', updatedSince: '2020-01-01T00:00:00Z' },
      ...({ source: 'api', limit: 1, sort: '-updatedAt' } as const),
    };
    const found = await api.listContacts({ query });
    expect([found.status, found.body]).toEqual([200, { items: [first.body] }]);
    const { id } = first.body;
    const known = await api.getContact({ params: { id }, ifNoneMatch: first.etag ?? '' });
    expect([known.status, known.body]).toEqual([304, undefined]);
  });

  it('come back from a delete, with every step in their history', async () => {
    const { body, etag } = await create();
    const at = { params: { id: body.id } };
    expect((await api.deleteContact({ ...at, ifMatch: etag ?? '' })).status).toBe(204);
    expect((await api.listContacts({ query: { tag: 'cobol' } })).body).toEqual({ items: [] });
    expect((await api.restoreContact(at)).body).toMatchObject({ ...born, version: 3 });
    const replaced = await api.replaceContact({ ...at, ifMatch: '"3"', body: { ...born, title: 'Adm' } });
    expect([replaced.status, replaced.etag]).toEqual([200, '"4"']);
    const { items } = (await api.getHistory(at)).body;
    expect(items.map(({ version }) => version)).toEqual([4, 3, 2, 1]);
  });

  it('are each met once by a walk, however small its pages', async () => {
    const tag = randomUUID();
    const made = [];
    for (let count = 0; count < 3; count += 1)
      made.push((await api.createContact({ body: { ...born, tags: [tag] } })).body.id);
    const met = [];
    for await (const { id } of api.each.listContacts({ query: { tag, limit: 1 } })) met.push(id);
    expect(met.toSorted()).toEqual(made.toSorted());
  });

  it('lose no edit of five that meet', async () => {
    const { id } = (await api.createContact({ body: { ...born, tags: [] } })).body;
    const added = ['a', 'b', 'c', 'd', 'e'];
    await Promise.all(
      added.map((tag) => editContact(api, id, ({ tags }) => ({ tags: [...(tags ?? []), tag] }))),
    );
    const { body } = await api.getContact({ params: { id } }, { headers: { 'cache-control': 'no-cache' } });
    expect(body?.tags?.toSorted()).toEqual(added);
    expect(body?.version).toBe(1 + added.length);
  });

  // What the types of a call refuse in a literal.
  const unknown = { title: null, colour: 'red' };
  it.each([
    ['a body to make', () => api.createContact({ body: { ...born, ...unknown } })],
    ['a patch', () => api.patchContact({ params: { id: randomUUID() }, body: unknown, ifMatch: '*' })],
    ['a query', () => api.listContacts({ query: { limit: 1, ...{ colour: 'red' } } })],
  ])('refuse what they do not know: %s', async (_, call) => {
    await expect(call()).rejects.toMatchObject({ status: 400, errors: [{ pointer: '/colour' }] });
  });
});

describe('what ingest refuses', () => {
  const body = JSON.stringify(acmeEvent(acmeContact(3)));
  const now = () => Math.floor(Date.now() / 1_000);

  it.each<[string, () => Omit<Attempt, 'secret'> & { secret?: string }, number, string]>([
    ['no signature', () => ({ body, headers: {} }), 401, 'SIGNATURE_MISSING'],
    ['a wrong signature', () => ({ body, secret: randomUUID() }), 401, 'SIGNATURE_INVALID'],
    ['an old timestamp', () => ({ body, timestamp: now() - 360 }), 401, 'TIMESTAMP_OUTSIDE_WINDOW'],
    ['a timestamp of the future', () => ({ body, timestamp: now() + 360 }), 401, 'TIMESTAMP_OUTSIDE_WINDOW'],
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
    const stored = api.getAcmeRecord({ params: { id: contactIdOfAcme(acmeContact(3).id) } });
    await expect(stored).rejects.toMatchObject({ status: 404, code: 'CONTACT_NOT_FOUND' });
  });
});

describe('what the gateway refuses', () => {
  it('shows no contact without a token', async () => {
    const nobody = createClient({ baseUrl: system.gatewayUrl });
    const refused: unknown = await nobody.getContact({ params }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ name: 'ApiProblem', status: 401 });
    expect(refused instanceof ApiProblem && refused.headers.get('www-authenticate')).toMatch(/^Bearer/);
  });

  it('lets nobody in with a wrong password', async () => {
    const credentials = { ...system.admin, password: randomUUID() };
    const stranger = createClient({ baseUrl: system.gatewayUrl, credentials });
    await expect(stranger.getMe()).rejects.toMatchObject({ status: 401, code: 'INVALID_CREDENTIALS' });
  });
});

describe('a run of the simulator', () => {
  it('finds no event lost and none doubled, and exactly the planted deliveries refused', async () => {
    const started = await api.startRun({ body: { count: 50, ratePerSecond: 30 } });
    expect(started.location).toBe(`/api/v1/simulator/runs/${started.body.id}`);
    const run = await eventually(
      async () => {
        const { body } = await api.getRun({ params: { id: started.body.id } });
        expect(body).toMatchObject({ state: expect.stringMatching(/^(done|failed)$/) });
        return body;
      },
      { timeoutMs: 120_000, intervalMs: 250 },
    );
    expect(run).toMatchObject({
      state: 'done',
      verdict: { ok: true, unanswered: 0, lost: [], doubled: [], unexpected: [], unverified: [] },
    });
  });
});
